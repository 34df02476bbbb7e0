//! What some modules and cards do differently, as data: a row each, by what they say of themselves.

/// Modules whose flags about the PIN are kept from start to start and set from the first wrong PIN on, by what they
/// say of themselves: there "no flag" means that no try was lost. Of all others it means nothing.
pub(super) fn keeps_flags(manufacturer: &str, description: &str) -> bool {
    const KEEPERS: &[(&str, &str)] = &[("SoftHSM", ""), ("IBM", "Meta PKCS11"), ("", "openCryptoki")];
    KEEPERS.iter().any(|(maker, module)| manufacturer.starts_with(maker) && description.starts_with(module))
}

/// Tokens that are known to keep their keys in files: no qualified devices.
pub(super) fn is_software(manufacturer: &str, model: &str) -> bool {
    const SOFTWARE: &[(&str, &str)] = &[("SoftHSM", ""), ("IBM", "IBM Soft"), ("Kryoptic", "")];
    SOFTWARE.iter().any(|(maker, name)| manufacturer.starts_with(maker) && model.starts_with(name))
}

/// Cards that have a PIN to log in and another one for their signature keys (CKU_CONTEXT_SPECIFIC), by what their modules
/// tell of them: IDPrime cards, and tokens with such a card inside. Of a key on another card nothing is known before it is
/// used.
pub(super) fn has_key_pins(manufacturer: &str, model: &str) -> bool {
    const CARDS: &[(&str, &str)] = &[("Gemalto", "ID Prime MD")];
    CARDS.iter().any(|(maker, name)| manufacturer.starts_with(maker) && model.starts_with(name))
}
