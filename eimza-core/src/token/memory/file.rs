//! A memory that outlives the process, for commands that run once per attempt.
//!
//! A text file, one line per token and kind: SHA-256 of the identity, `pin` or `puk`, failures since the last success, and
//! then `lost` where the last answer was, `begun` where an attempt has begun. Without secrets, and without the token's
//! serial number in clear.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{AttemptMemory, Outcome, Recollection};
use crate::crypto::DigestAlgorithm;
use crate::error::Result;
use crate::token::PinKind;
use crate::token::small_file::{self, FileLock, check_is_file, neighbour};
use crate::token::turn::Turn;

/// Far more than a person's tokens need.
const SIZE_LIMIT: u64 = 1024 * 1024;

/// Whoever keeps the file locked keeps no attempt from ending.
const PATIENCE: Duration = Duration::from_secs(2);

/// Remembers failures in a small file, and what happened in this process besides.
#[derive(Debug)]
pub struct FileMemory {
    path: PathBuf,
    here: Mutex<HashMap<String, Here>>,
}

/// What this process knows by itself.
#[derive(Clone, Copy, Debug, Default)]
struct Here {
    recollection: Recollection,
    /// Whether the file could not take it: then that the file is silent means nothing.
    is_unwritten: bool,
}

impl FileMemory {
    /// A memory in this file; it is made at the first failure. Where it cannot be written or read, what happened in this
    /// process is still remembered as long as the process lives.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), here: Mutex::default() }
    }

    fn read(&self) -> io::Result<BTreeMap<String, Recollection>> {
        let octets = small_file::read(&self.path, SIZE_LIMIT)?.ok_or_else(|| io::Error::other("too large"))?;
        // A damaged line forgets itself and no other.
        Ok(String::from_utf8_lossy(&octets).lines().filter_map(remembered).collect())
    }

    fn recall_key(&self, key: &str) -> Recollection {
        let here = self.here().get(key).copied().unwrap_or_default();
        let Ok(lines) = self.read() else { return here.recollection };
        let written = lines.get(key).copied().unwrap_or_default();
        let known = here.recollection;
        // What another process did since is written; that it failed ends what this one knew.
        let latest = Recollection {
            accepted: known.accepted && written == Recollection::default(),
            unblocked: known.unblocked,
            ..written
        };
        if here.is_unwritten { worse(latest, known) } else { latest }
    }

    /// Counts an outcome, while nobody else writes.
    fn note(&self, key: String, outcome: Outcome) {
        let recollection = self.recall_key(&key).with(outcome);
        // Forgetting when the process ends is the lesser harm: an attempt that was made must be able to end.
        let is_unwritten = self.write(&key, recollection).is_err();
        self.here().insert(key, Here { recollection, is_unwritten });
    }

    /// A file that cannot be read stays as it is: it holds other tokens' failures.
    fn write(&self, key: &str, recollection: Recollection) -> io::Result<()> {
        let mut lines = match self.read() {
            Err(error) if error.kind() == ErrorKind::NotFound => BTreeMap::new(),
            lines => lines?,
        };
        if (recollection.failures, recollection.begun) == (0, false) {
            lines.remove(key);
        } else {
            lines.insert(key.to_owned(), recollection);
        }
        replace(&self.path, &lines)
    }

    fn here(&self) -> MutexGuard<'_, HashMap<String, Here>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AttemptMemory for FileMemory {
    fn recall(&self, token: &str, kind: PinKind) -> Recollection {
        self.recall_key(&key(token, kind))
    }

    fn begin(&self, token: &str, kind: PinKind, permit: &dyn Fn(Recollection) -> Result<()>) -> Result<()> {
        let _alone = alone(&self.path);
        let key = key(token, kind);
        permit(self.recall_key(&key))?;
        self.note(key, Outcome::Begun);
        Ok(())
    }

    fn record(&self, token: &str, kind: PinKind, outcome: Outcome) {
        let _alone = alone(&self.path);
        self.note(key(token, kind), outcome);
    }
}

/// Whatever either of two says against the next attempt.
fn worse(one: Recollection, other: Recollection) -> Recollection {
    Recollection {
        failures: one.failures.max(other.failures),
        begun: one.begun || other.begun,
        answer_lost: one.answer_lost || other.answer_lost,
        ..one
    }
}

fn key(token: &str, kind: PinKind) -> String {
    let kind = if kind == PinKind::Pin { "pin" } else { "puk" };
    format!("{} {kind}", DigestAlgorithm::Sha256.digest(token.as_bytes()).to_hex())
}

fn remembered(line: &str) -> Option<(String, Recollection)> {
    let mut words = line.split(' ');
    let key = format!("{} {}", words.next()?, words.next()?);
    let mut recollection = Recollection { failures: words.next()?.parse().ok()?, ..Recollection::default() };
    for word in words {
        match word {
            "lost" => recollection.answer_lost = true,
            "begun" => recollection.begun = true,
            _ => {}
        }
    }
    Some((key, recollection))
}

fn written(key: &str, recollection: &Recollection) -> String {
    let mark = |is_set: bool, word: &'static str| if is_set { word } else { "" };
    let (lost, begun) = (mark(recollection.answer_lost, " lost"), mark(recollection.begun, " begun"));
    format!("{key} {}{lost}{begun}", recollection.failures)
}

/// Keeps others from writing between our reading and our writing: threads of this process (they share the neighbour's
/// name), and by a locked file those of others. Where that cannot be, counting goes on without.
fn alone(path: &Path) -> (Option<Turn>, Option<FileLock>) {
    let here = Turn::take("attempt memory".into(), None).ok();
    let lock = || {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        FileLock::wait(lock_file(&neighbour(path, ".lock"))?, PATIENCE)
    };
    (here, lock().ok().flatten())
}

/// What root has made is read only for others; that is enough to lock it.
fn lock_file(path: &Path) -> io::Result<File> {
    if let Ok(made) = File::options().create_new(true).write(true).open(path) {
        return Ok(made);
    }
    check_is_file(path)?;
    File::options().write(true).open(path).or_else(|_| File::open(path))
}

/// Writes a neighbour and renames it, so that no half file is ever there.
fn replace(path: &Path, lines: &BTreeMap<String, Recollection>) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let fresh = neighbour(path, &format!(".{}.new", std::process::id()));
    let mut file = File::create(&fresh)?;
    for (key, recollection) in lines {
        writeln!(file, "{}", written(key, recollection))?;
    }
    file.sync_all()?;
    std::fs::rename(&fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_failure_is_lost_when_several_are_noted_at_once() {
        let folder = std::env::temp_dir().join(format!("eimza-memory-race-{}", std::process::id()));
        let path = folder.join("attempts");
        std::thread::scope(|scope| {
            for token in ["one", "other", "one", "other"] {
                let path = &path;
                scope.spawn(move || {
                    (0..10).for_each(|_| FileMemory::new(path).record(token, PinKind::Pin, Outcome::Refused));
                });
            }
        });
        for token in ["one", "other"] {
            assert_eq!(FileMemory::new(&path).recall(token, PinKind::Pin).failures, 20);
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn failures_outlive_the_memory_and_a_success_ends_them() {
        let folder = std::env::temp_dir().join(format!("eimza-memory-{}", std::process::id()));
        let path = folder.join("attempts");
        FileMemory::new(&path).record("serial 1", PinKind::Pin, Outcome::Refused);
        FileMemory::new(&path).record("serial 1", PinKind::Pin, Outcome::AnswerLost);
        let recalled = FileMemory::new(&path).recall("serial 1", PinKind::Pin);
        assert_eq!((recalled.failures, recalled.answer_lost, recalled.accepted), (2, true, false));
        FileMemory::new(&path).record("serial 1", PinKind::Pin, Outcome::Begun);
        let begun = FileMemory::new(&path).recall("serial 1", PinKind::Pin);
        assert_eq!((begun.failures, begun.begun, begun.at_worst().failures), (2, true, 3));
        assert_eq!(FileMemory::new(&path).recall("serial 1", PinKind::Puk).failures, 0);
        assert!(!std::fs::read_to_string(&path).unwrap().contains("serial"));
        FileMemory::new(&path).record("serial 1", PinKind::Pin, Outcome::Accepted);
        assert_eq!(FileMemory::new(&path).recall("serial 1", PinKind::Pin).failures, 0);
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// Reading a pipe would wait for ever, and so would locking one.
    #[test]
    #[cfg(unix)]
    fn a_pipe_in_the_file_s_place_is_not_waited_for() {
        let folder = std::env::temp_dir().join(format!("eimza-memory-pipe-{}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        for name in ["attempts", "attempts.lock"] {
            assert!(std::process::Command::new("mkfifo").arg(folder.join(name)).status().unwrap().success());
        }
        let memory = FileMemory::new(folder.join("attempts"));
        memory.record("token", PinKind::Pin, Outcome::Refused);
        assert_eq!(memory.recall("token", PinKind::Pin).failures, 1);
        std::fs::remove_dir_all(folder).unwrap();
    }

    /// Another file stands where the folder would be; later it is gone.
    #[test]
    fn what_cannot_be_written_is_remembered_by_the_process() {
        let folder = std::env::temp_dir().join(format!("eimza-memory-unwritten-{}", std::process::id()));
        std::fs::write(&folder, "").unwrap();
        let memory = FileMemory::new(folder.join("attempts"));
        memory.record("token", PinKind::Pin, Outcome::Refused);
        memory.record("token", PinKind::Pin, Outcome::AnswerLost);
        let recalled = memory.recall("token", PinKind::Pin);
        assert_eq!((recalled.failures, recalled.answer_lost), (2, true));

        std::fs::remove_file(&folder).unwrap();
        FileMemory::new(folder.join("attempts")).record("token", PinKind::Pin, Outcome::Refused);
        assert_eq!(memory.recall("token", PinKind::Pin).failures, 2);
        memory.record("token", PinKind::Pin, Outcome::Refused);
        assert_eq!(FileMemory::new(folder.join("attempts")).recall("token", PinKind::Pin).failures, 3);

        // Somebody else's success is seen, a file that is gone is none.
        FileMemory::new(folder.join("attempts")).record("token", PinKind::Pin, Outcome::Accepted);
        assert_eq!(memory.recall("token", PinKind::Pin).failures, 0);
        memory.record("token", PinKind::Pin, Outcome::Refused);
        std::fs::remove_dir_all(folder).unwrap();
        assert_eq!(memory.recall("token", PinKind::Pin).failures, 1);
    }
}
