//! Certificate paths: NIST's test suite, what hostile certificates cost, and the rules that neither of them reaches.

mod certval;
mod pkits;
mod subtrees;
