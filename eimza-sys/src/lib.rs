//! The few raw calls beside cryptoki.
