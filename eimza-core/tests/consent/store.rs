//! Two portals over one store, as two processes over one database: what one does, the other knows.

use std::sync::Arc;

use crate::bed::forger::key;
use crate::bed::{Bed, name, person, settings};
use eimza_core::consent::{
    Caller, ConsentPortal, ConsentService, ConsentSession, ConsentStatus, Issued, Kind, MemoryStore, Portal, Purpose,
    Started,
};

type Shared = Arc<Portal<Arc<MemoryStore>>>;

/// Two portals, and the bed whose clock they share.
fn portals() -> (Bed, Shared, Shared) {
    let (bed, store) = (Bed::new(), Arc::new(MemoryStore::default()));
    let portal = || Arc::new(Portal::over(store.clone(), settings(|_| {}), bed.clock.clone()));
    let (one, other) = (portal(), portal());
    (bed, one, other)
}

fn issued(portal: &Shared, purpose: Purpose) -> Issued {
    match portal.start(&person(), &Kind::e_onay(), purpose).unwrap() {
        Started::Issued(issued) => issued,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_code_of_one_portal_opens_at_the_other_and_once_only() {
    let (bed, one, other) = portals();
    let code = issued(&one, Purpose::Consent).code;
    let session = ConsentSession::open(other.clone(), crate::bed::copied(&code), bed.clock.clone()).unwrap();
    assert_eq!(name(one.redeem_for(Caller::Unknown, &code, None)), "code-used");
    session.submit(&bed.sign(&session, &key())).unwrap();
    assert_eq!(one.stands_since(&person(), &Kind::e_onay()).unwrap(), Some(crate::bed::now(&bed)));
    let revocation =
        ConsentSession::open_revocation(one.clone(), issued(&other, Purpose::Revocation).code, bed.clock.clone());
    let revocation = revocation.unwrap();
    revocation.submit(&bed.sign(&revocation, &key())).unwrap();
    assert!(matches!(other.status(&session.request().session), Ok(ConsentStatus::Revoked(_))));
}

/// Each of two portals finds that no consent stands; only the first one to say so may let one stand.
#[test]
fn two_sessions_that_arrive_at_two_portals_give_one_consent() {
    let (bed, one, other) = portals();
    let sessions = [&one, &other].map(|portal| {
        let code = issued(portal, Purpose::Consent).code;
        let session = ConsentSession::open((*portal).clone(), code, bed.clock.clone()).unwrap();
        let signed = bed.sign(&session, &key());
        (session, signed)
    });
    let answers = std::thread::scope(|scope| {
        let threads = sessions.map(|(session, signed)| scope.spawn(move || session.submit(&signed).map(drop)));
        threads.map(|thread| thread.join().unwrap())
    });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
}
