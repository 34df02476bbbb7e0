//! How an enum of facts is declared.

/// An enum of facts without data. With a stable name behind each fact, it has `name()` and `Display`.
macro_rules! facts {
    ($(#[$about:meta])* $name:ident { $($(#[$fact_about:meta])* $fact:ident,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$fact_about])* $fact,)+
        }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$fact,)+];
        }
    };
    ($(#[$about:meta])* $name:ident { $($(#[$fact_about:meta])* $fact:ident $stable:literal,)+ }) => {
        facts! {
            $(#[$about])*
            $name { $($(#[$fact_about])* $fact,)+ }
        }

        impl $name {
            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$fact => $stable),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.name())
            }
        }
    };
}

pub(super) use facts;
