//! The stored state between preparing and completing: what is read is written the same.
#![no_main]

use eimza_core::cades::State;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(state) = State::from_bytes(data) {
        assert_eq!(state.to_bytes(), data);
    }
});
