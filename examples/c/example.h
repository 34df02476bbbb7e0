/* What the examples share: files, lines of standard input, and the end of the program on an error. */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eimza.h"

/* Ends the program with the error's number, name and sentences; does nothing where there is none. */
static inline void check(eimza_error *error) {
    if (!error) return;
    fprintf(stderr, "%u %s: %s %s\n", (unsigned)eimza_error_status(error), eimza_error_name(error),
            eimza_error_message(error, EIMZA_LANGUAGE_TURKISH), eimza_error_remedy(error, EIMZA_LANGUAGE_TURKISH));
    eimza_error_free(error);
    exit(1);
}

static inline void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(2);
}

/* A whole file; free(view.data) when it is done with. */
static inline eimza_view read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) fail(path);
    long length = ftell(file);
    unsigned char *octets = malloc(length > 0 ? (size_t)length : 1);
    rewind(file);
    if (length < 0 || !octets || fread(octets, 1, (size_t)length, file) != (size_t)length) fail(path);
    fclose(file);
    eimza_view view = {octets, (size_t)length};
    return view;
}

static inline void write_file(const char *path, eimza_view octets) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(octets.data, 1, octets.length, file) != octets.length || fclose(file) != 0) fail(path);
}

/* The next line of standard input as a PIN; the library wipes the memory that it is typed into. */
static inline int32_t next_line(void *context, uint8_t *octets, size_t capacity, size_t *length) {
    (void)context;
    int octet;
    *length = 0;
    while ((octet = getchar()) != EOF && octet != '\n') {
        if (*length == capacity) return 1;
        octets[(*length)++] = (uint8_t)octet;
    }
    return 0;
}

static inline eimza_pin *ask_pin(void) {
    eimza_pin *pin;
    eimza_error *error;
    setvbuf(stdin, NULL, _IONBF, 0); /* no copy of it in a buffer that nobody wipes */
    eimza_pin_ask(next_line, NULL, &pin, &error);
    check(error);
    return pin;
}

#endif
