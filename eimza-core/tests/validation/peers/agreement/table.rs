//! The committed table: who says what of which file, and why it may be so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What everybody's yes is called.
pub(super) const PASSED: &str = "PASSED";

/// The judges by the names of their columns, in the order of `Judge::ALL`.
pub(super) const JUDGES: [&str; 4] = ["dss", "pyhanko", "openssl", "bouncycastle"];

const HEAD: &str = "file\teimza\tlevel\tdss\tpyhanko\topenssl\tbouncycastle\tdss-level\twhy";

/// In the place of a judge's name: the level that DSS names, where both pass.
pub(super) const DSS_LEVEL: &str = "dss-level";

/// One file and everybody's verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) file: String,
    pub(super) ours: String,
    /// What is proven by us.
    pub(super) level: String,
    pub(super) theirs: Vec<String>,
    /// What DSS takes the level for.
    pub(super) their_level: String,
    /// By the judge's name: the key of the reason why it disagrees.
    pub(super) why: BTreeMap<String, String>,
}

/// A reason with the section that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    pub(super) section: String,
    pub(super) sentence: String,
}

/// The table with its reasons.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    /// Why a judge says yes where we say no, or no where we say yes; by key.
    pub(super) reasons: BTreeMap<String, Reason>,
    /// Why a judge that says no as we do calls it otherwise; by judge, our name and its name.
    pub(super) names: BTreeMap<[String; 3], Reason>,
}

impl Table {
    pub(super) fn read() -> Self {
        let reason = |section: &str, sentence: &str| Reason { section: section.into(), sentence: sentence.into() };
        let reasons = lines("reasons.tsv").into_iter().map(|fields| match fields.as_slice() {
            [key, section, sentence] => (key.clone(), reason(section, sentence)),
            other => panic!("{other:?}"),
        });
        let names = lines("names.tsv").into_iter().map(|fields| match fields.as_slice() {
            [judge, ours, theirs, section, sentence] => {
                ([judge, ours, theirs].map(Clone::clone), reason(section, sentence))
            }
            other => panic!("{other:?}"),
        });
        let rows = lines("verdicts.tsv").into_iter().map(|fields| Row::read(&fields));
        Self { rows: rows.collect(), reasons: reasons.collect(), names: names.collect() }
    }

    /// Writes the verdicts; reasons stay as they are.
    pub(super) fn write(&self) {
        let rows: String = self.rows.iter().map(|row| row.line() + "\n").collect();
        fs::write(place("verdicts.tsv"), format!("{HEAD}\n{rows}")).unwrap();
    }

    /// A line for each disagreement without a reason, and for each reason without a disagreement.
    pub(super) fn faults(&self) -> String {
        let mut faults = String::new();
        let (mut reasons, mut names) = (BTreeSet::new(), BTreeSet::new());
        for row in &self.rows {
            for (judge, theirs) in JUDGES.iter().zip(&row.theirs) {
                let why = row.why.get(*judge);
                match why {
                    Some(key) if row.differs(theirs) && self.reasons.contains_key(key) => drop(reasons.insert(key)),
                    None if !row.differs(theirs) => {}
                    _ => faults += &format!("{}: {judge} says {theirs}, we say {}; {why:?}\n", row.file, row.ours),
                }
                if row.is_named_otherwise(theirs) {
                    names.insert([(*judge).to_owned(), row.ours.clone(), theirs.clone()]);
                }
            }
            if row.has_another_level() {
                names.insert([DSS_LEVEL.to_owned(), row.level.clone(), row.their_level.clone()]);
            }
        }
        let unknown = names.iter().filter(|name| !self.names.contains_key(*name));
        unknown.for_each(|name| faults += &format!("no reason for the names {name:?}\n"));
        let unused = self.reasons.keys().filter(|key| !reasons.contains(key));
        unused.for_each(|key| faults += &format!("nobody needs the reason {key}\n"));
        let unused = self.names.keys().filter(|name| !names.contains(*name));
        unused.for_each(|name| faults += &format!("nobody needs the names {name:?}\n"));
        faults
    }

    /// The rows that are not as in the other table.
    pub(super) fn differences_to(&self, expected: &Self) -> String {
        let (found, expected): (BTreeSet<_>, BTreeSet<_>) =
            (self.rows.iter().map(Row::line).collect(), expected.rows.iter().map(Row::line).collect());
        let added = found.difference(&expected).map(|line| format!("found    {line}\n"));
        let missing = expected.difference(&found).map(|line| format!("expected {line}\n"));
        added.chain(missing).collect()
    }
}

impl Row {
    fn read(fields: &[String]) -> Self {
        let [file, ours, level, theirs @ .., their_level, why] = fields else { panic!("{fields:?}") };
        assert_eq!(theirs.len(), JUDGES.len(), "{fields:?}");
        let pair = |word: &str| word.split_once('=').map(|(judge, key)| (judge.to_owned(), key.to_owned()));
        Self {
            file: file.clone(),
            ours: ours.clone(),
            level: level.clone(),
            theirs: theirs.to_vec(),
            their_level: their_level.clone(),
            why: why.split_whitespace().map(|word| pair(word).unwrap()).collect(),
        }
    }

    fn line(&self) -> String {
        let why: Vec<String> = self.why.iter().map(|(judge, key)| format!("{judge}={key}")).collect();
        let theirs = self.theirs.join("\t");
        let (file, ours, level, their_level) = (&self.file, &self.ours, &self.level, &self.their_level);
        format!("{file}\t{ours}\t{level}\t{theirs}\t{their_level}\t{}", why.join(" "))
    }

    /// Whether this is a yes to our no, or a no to our yes.
    pub(super) fn differs(&self, theirs: &str) -> bool {
        (self.ours == PASSED) != (theirs == PASSED)
    }

    /// Whether both say no, each with another sub-indication.
    fn is_named_otherwise(&self, theirs: &str) -> bool {
        !self.differs(theirs) && ![PASSED, "REFUSED", "ERROR", &self.ours].contains(&theirs)
    }

    /// Whether DSS passes it as we do, at another level than the one that we find proven.
    fn has_another_level(&self) -> bool {
        let both_pass = self.ours == PASSED && self.theirs[0] == PASSED;
        let baseline = [("BB", "B"), ("BT", "T"), ("BLt", "LT"), ("BLta", "LTA")]
            .map(|(we, they)| (we, format!("BASELINE-{they}")));
        let extended = [("Bes", "BES"), ("A", "A")].map(|(we, they)| (we, they.to_owned()));
        let is_same =
            baseline.iter().chain(&extended).any(|(we, they)| (self.level.as_str(), &self.their_level) == (*we, they));
        both_pass && !is_same
    }
}

fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validation/peers/agreement").join(name)
}

/// The fields of each line, without the head.
fn lines(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(place(name)).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}
