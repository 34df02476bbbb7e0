//! Whatever is sent to a card, only PIN commands move a counter.

use eimza_testkit::card::{Card, Design};

use crate::host::{SELECT, status};

/// Commands that bring a PIN, or are taken for one.
const PIN_COMMANDS: [u8; 3] = [0x20, 0x24, 0x2c];

#[test]
fn no_other_command_changes_a_counter() {
    for (seed, design) in
        (1..).zip([Design::pkcs15(), Design::pkcs15_t0(), Design::akis_1(), Design::akis_2().with_key_pin("1357")])
    {
        let mut random = Random(seed);
        let mut card = Card::new(design);
        status(&mut card, SELECT);
        status(&mut card, b"\x00\x20\x00\x81\x06000000");
        let references: Vec<u8> = card.design().pins.iter().map(|pin| pin.reference).collect();
        let tries = |card: &Card| references.iter().map(|pin| card.pin(*pin).tries_left).collect::<Vec<u8>>();
        let (before, verifies) = (tries(&card), card.counts().verifies);
        for _ in 0..20_000 {
            let octets = random.command();
            card.transmit(&octets);
            if random.below(50) == 0 {
                card.reset();
            }
            assert_eq!(tries(&card), before, "{octets:02x?}");
        }
        assert_eq!(card.counts().verifies, verifies);
    }
}

/// A generator that repeats itself at every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn octet(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }

    /// Mostly a command that cards know, sometimes with odd parameters, sometimes no command at all.
    fn command(&mut self) -> Vec<u8> {
        const KNOWN: [&[u8]; 12] = [
            SELECT,
            &[0, 0xa4, 0, 0, 2, 0x3f, 0, 0],
            &[0, 0xa4, 2, 0, 2, 0x50, 0x31, 0],
            &[0, 0xa4, 8, 0, 6, 0x3f, 0, 0x3d, 0, 0x2f, 0x10, 0],
            &[0, 0xb0, 0, 0, 0x10],
            &[0, 0xca, 1, 6, 0x4d],
            &[0x80, 0x18, 0, 0, 0],
            &[0x80, 0x1a, 0, 0],
            &[0, 0x22, 0x41, 0xb6, 3, 0x84, 1, 1],
            &[0, 0x22, 0xc3, 1],
            &[0, 0x2a, 0x9e, 0x9a, 4, 1, 2, 3, 4, 0],
            &[0, 0xc0, 0, 0, 0],
        ];
        let mut octets = KNOWN[usize::try_from(self.below(12)).unwrap()].to_vec();
        match self.below(4) {
            0 => {
                let place = usize::try_from(self.below(octets.len() as u64)).unwrap();
                octets[place] = self.octet();
            }
            1 => octets = (0..self.below(20)).map(|_| self.octet()).collect(),
            2 => octets.truncate(usize::try_from(self.below(octets.len() as u64)).unwrap()),
            _ => {}
        }
        if octets.get(1).is_some_and(|instruction| PIN_COMMANDS.contains(instruction)) {
            octets[1] = 0xa4;
        }
        octets
    }
}
