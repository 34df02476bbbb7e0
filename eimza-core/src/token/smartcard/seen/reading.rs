//! Reading a card: its applications, its directory, its certificates and PINs. All of that costs no try.

use std::sync::Arc;

use super::{
    CertificatePlace, DIRECTORY, Home, OBJECT_DIRECTORY, ReadFault, Seen, SeenCertificate, TOKEN_INFORMATION, given,
    object,
};
use crate::certificate::Certificate;
use crate::crypto::KeyType;
use crate::token::smartcard::atr::Atr;
use crate::token::smartcard::channel::Channel;
use crate::token::smartcard::command::SHORT_ANSWER;
use crate::token::smartcard::files::{self, MASTER};
use crate::token::smartcard::link::LinkFault;
use crate::token::smartcard::pkcs15::{
    self, Application, CertificateEntry, CertificateValue, KeyEntry, KeyKind, Part, Path, PinEntry, TokenInformation,
};
use crate::token::smartcard::profile::CardProfile;

impl Seen {
    /// Reads the card in this transaction. `own` are kinds that the caller brought; they come before those that are known.
    pub(in crate::token::smartcard) fn read(
        channel: &mut Channel<'_>,
        own: &[Arc<CardProfile>],
    ) -> Result<Self, ReadFault> {
        let atr = channel.atr().clone();
        let kinds = || own.iter().chain(CardProfile::known());
        let named = kinds().filter(|profile| profile.fits(&atr) == Some(true));
        let others = kinds().filter(|profile| profile.fits(&atr).is_none());
        let listed = applications(channel)?;
        for profile in named.chain(others) {
            channel.takes_at_most(profile.block);
            if let Some((home, object_directory)) = home(channel, profile, &listed)? {
                return Ok(Self::read_home(channel, atr, profile.clone(), home, object_directory)?);
            }
        }
        Err(ReadFault::Unknown(atr))
    }

    fn read_home(
        channel: &mut Channel<'_>,
        atr: Atr,
        profile: Arc<CardProfile>,
        home: Home,
        object_directory: Option<Path>,
    ) -> Result<Self, LinkFault> {
        let insertions = channel.insertions();
        let information = TokenInformation::default();
        let (certificates, pins) = (Vec::new(), Vec::new());
        let mut seen = Self { atr, insertions, profile, home, information, certificates, pins };
        if seen.profile.objects.is_empty() {
            seen.read_directory(channel, object_directory)?;
        } else {
            seen.read_objects(channel)?;
        }
        Ok(seen)
    }

    /// What the object directory names; where it names no certificate, what lies at the usual places.
    fn read_directory(&mut self, channel: &mut Channel<'_>, object_directory: Option<Path>) -> Result<(), LinkFault> {
        let path = object_directory.unwrap_or_else(|| Path::file(&OBJECT_DIRECTORY));
        let listed = self.file(channel, &path)?.map(|file| pkcs15::parts(&file)).unwrap_or_default();
        let (mut entries, mut keys) = (Vec::new(), Vec::new());
        for (part, path) in listed {
            let Some(file) = self.file(channel, &path)? else { continue };
            match part {
                Part::PrivateKeys => keys.extend(KeyEntry::all(&file)),
                Part::Certificates => entries.extend(CertificateEntry::all(&file)),
                Part::Pins => self.pins.extend(PinEntry::all(&file)),
            }
        }
        let information = self.file(channel, &Path::file(&TOKEN_INFORMATION))?;
        self.information = information.and_then(|file| TokenInformation::read(&file).ok()).unwrap_or_default();
        for entry in entries {
            let key = keys.iter().find(|key| key.identifier == entry.identifier).cloned();
            let (place, octets) = match entry.value {
                CertificateValue::Octets(octets) => (CertificatePlace::Directory, Some(octets)),
                CertificateValue::File(path) => {
                    let octets = self.certificate_file(channel, &path)?;
                    (CertificatePlace::File(path), octets)
                }
            };
            self.take(octets, entry.common.label, place, key);
        }
        if self.certificates.is_empty() { self.scan(channel) } else { Ok(()) }
    }

    /// Certificates at the places where this kind of card has them.
    fn scan(&mut self, channel: &mut Channel<'_>) -> Result<(), LinkFault> {
        let Some(scan) = self.profile.certificates.clone() else { return Ok(()) };
        let mut misses = 0;
        for identifier in scan.first..=scan.last {
            let path = Path::file(&identifier.to_be_bytes());
            let octets = self.certificate_file(channel, &path)?;
            if octets.is_none() {
                misses += 1;
                if misses >= scan.misses {
                    break;
                }
            }
            self.take(octets, String::new(), CertificatePlace::File(path), None);
        }
        Ok(())
    }

    /// The data objects of a card without files, and PINs as its kind has them.
    fn read_objects(&mut self, channel: &mut Channel<'_>) -> Result<(), LinkFault> {
        let profile = self.profile.clone();
        self.pins = profile.pins.iter().map(PinEntry::of_row).collect();
        for row in &profile.objects {
            let Some(octets) = object(channel, &row.object.0)? else { continue };
            let Ok(certificate) = Certificate::from_der(octets) else { continue };
            let kind = certificate.public_key().ok().map(|key| match key.key_type {
                KeyType::Ec(_) => KeyKind::Ec,
                _ => KeyKind::Rsa,
            });
            let key = kind.map(|kind| KeyEntry::of_row(row, kind));
            let place = CertificatePlace::Object(row.object.0.clone());
            self.certificates.push(SeenCertificate { certificate, label: row.label.clone(), place, key });
        }
        Ok(())
    }

    fn take(&mut self, octets: Option<Vec<u8>>, label: String, place: CertificatePlace, key: Option<KeyEntry>) {
        if let Some(certificate) = octets.and_then(|octets| Certificate::from_der(octets).ok()) {
            self.certificates.push(SeenCertificate { certificate, label, place, key });
        }
    }
}

/// The applications that the card lists; none where it has no such list.
fn applications(channel: &mut Channel<'_>) -> Result<Vec<Application>, LinkFault> {
    let read = files::select(channel, files::Selection::Stepwise, &DIRECTORY)
        .and_then(|()| files::read_selected(channel, 0, usize::MAX, SHORT_ANSWER));
    Ok(given(read)?.map(|file| pkcs15::applications(&file)).unwrap_or_default())
}

/// Where the application of this kind lies on the card, and its object directory if that is told.
fn home(
    channel: &mut Channel<'_>,
    profile: &CardProfile,
    listed: &[Application],
) -> Result<Option<(Home, Option<Path>)>, LinkFault> {
    let is_own = |application: &&Application| {
        profile.applications.iter().any(|name| application.identifier.starts_with(&name.0))
    };
    if let Some(application) = listed.iter().find(is_own) {
        let home = match application.path.as_slice() {
            [] => Home::Name(application.identifier.clone()),
            path if path.starts_with(&MASTER) => Home::Path(path.to_vec()),
            path => Home::Path([MASTER.as_slice(), path].concat()),
        };
        return Ok(Some((home, application.object_directory.clone())));
    }
    for name in &profile.applications {
        if given(files::select_application(channel, &name.0))?.is_some() {
            return Ok(Some((Home::Name(name.0.clone()), None)));
        }
    }
    let Some(path) = &profile.path else { return Ok(None) };
    let selected = given(files::select(channel, profile.select, &path.0))?;
    Ok(selected.map(|()| (Home::Path(path.0.clone()), None)))
}
