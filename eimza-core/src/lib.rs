//! Turkish electronic signatures.
