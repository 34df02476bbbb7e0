/* fsync() fails at the call whose number FAILING_SYNC holds: loaded in front of a program that writes to the disk. */
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int fsync(int descriptor)
{
    static int calls;
    const char *failing = getenv("FAILING_SYNC");
    if (failing != NULL && ++calls == atoi(failing)) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, descriptor);
}
