//! Something is changed in a good file: it never passes again as what it was, except by octets that nothing protects.

mod attributes;
mod free;
mod octets;
mod swapped;
mod tree;

use eimza_core::cms::SignedData;
use eimza_core::validation::{Cache, Indication, Level as Proven, Report};
use eimza_testkit::scenario::{CONTENT, Form, Level, Made, Plan, make};

use crate::scenarios::Judge;

/// A good file, judged by itself: besides, only what is known of its newest time-stamp is given.
struct Good {
    made: Made,
    judge: Judge,
    cache: Cache,
    /// The level that it passes at.
    level: Proven,
}

impl Good {
    fn new(level: Level, form: Form) -> Self {
        Self::of(&Plan::default(), level, form)
    }

    fn of(plan: &Plan, level: Level, form: Form) -> Self {
        let mut made = make(plan, level, form);
        if level.is_long_term() {
            made.known = made.outside.clone();
            made.certificates.clear();
        }
        let judge = Judge::of(&made);
        let mut good = Self { made, judge, cache: Cache::new(), level: Proven::Cms };
        good.level = good.passes(&good.made.file).expect("it is in order");
        good
    }

    fn report(&self, file: &[u8]) -> Option<Report> {
        self.judge.report(&self.made, file, &self.made.known, &self.cache).ok()
    }

    /// The level at which the file passes with the same content as before.
    fn passes(&self, file: &[u8]) -> Option<Proven> {
        let report = self.report(file).filter(|report| report.indication == Indication::TotalPassed)?;
        let signed_data = SignedData::read(file).ok()?;
        let content = signed_data.content().ok()?;
        let is_same = content.as_deref().is_none_or(|content| content == CONTENT);
        report.signatures.first().filter(|_| is_same).map(|only| only.level)
    }
}

/// Every level, attached, and the archives of both kinds.
fn every_file() -> Vec<(Level, Form)> {
    let older = Form { archive: eimza_testkit::scenario::Archive::V2, ..Form::ATTACHED };
    let mut all: Vec<_> = Level::ALL.into_iter().map(|level| (level, Form::ATTACHED)).collect();
    all.extend([(Level::A, older), (Level::P4A, older)]);
    all
}
