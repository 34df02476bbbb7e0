//! Choosing the one certificate that fits.

use super::Certificate;

/// Certificates to choose from.
#[derive(Clone, Debug)]
pub struct Candidates<T> {
    fitting: Vec<T>,
}

impl<T: AsRef<Certificate>> Candidates<T> {
    /// All of these.
    pub fn new(all: Vec<T>) -> Self {
        Self { fitting: all }
    }

    /// Those that fit so far.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.fitting.iter()
    }

    /// Those that fit so far.
    pub fn into_vec(self) -> Vec<T> {
        self.fitting
    }
}
