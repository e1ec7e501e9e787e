//! The key that anchors are signed with, kept like the key of the database: in a file of the folder
//! that only its owner may read, or behind the passphrase.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use argon2::Argon2;
use bm_app::StoreError;
use bm_app::anchor::hex;
use bm_app::ports::Signer;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::io;

/// File name of the key beside the database.
pub const SIGNING_FILE: &str = "bienmau-sign.key";
/// File in which a new key is written before it takes the place of the present one.
const DRAFT_FILE: &str = "bienmau-sign.tmp";

/// Signs with the key of a folder.
///
/// The file holds 32 random bytes in hexadecimal. Without a passphrase they are the secret key; with
/// one the secret key is what Argon2id makes of the passphrase with these bytes as salt, so that the
/// file alone signs nothing.
pub struct FileSigner {
    path: PathBuf,
    draft: PathBuf,
    passphrase: Option<String>,
    /// Made once: Argon2id takes its time.
    key: Mutex<Option<SigningKey>>,
}

impl FileSigner {
    /// The signer of a folder; nothing is read or written yet.
    #[must_use]
    pub fn new(folder: &Path, passphrase: Option<String>) -> Self {
        Self {
            path: folder.join(SIGNING_FILE),
            draft: folder.join(DRAFT_FILE),
            passphrase: passphrase.filter(|text| !text.is_empty()),
            key: Mutex::new(None),
        }
    }

    fn secret(&self, bytes: &[u8; 32]) -> Result<SigningKey, StoreError> {
        let Some(passphrase) = &self.passphrase else {
            return Ok(SigningKey::from_bytes(bytes));
        };
        let mut secret = [0; 32];
        Argon2::default()
            .hash_password_into(passphrase.as_bytes(), bytes, &mut secret)
            .map_err(|error| StoreError::Broken(format!("argon2: {error}")))?;
        Ok(SigningKey::from_bytes(&secret))
    }

    fn read(&self) -> Result<Option<[u8; 32]>, StoreError> {
        if !self.path.exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(&self.path).map_err(|error| io(&error))?;
        let damaged = || StoreError::Damaged(format!("{} ?", self.path.display()));
        bytes(text.trim()).map(Some).ok_or_else(damaged)
    }

    fn make(&self) -> Result<[u8; 32], StoreError> {
        let mut made = [0; 32];
        getrandom::fill(&mut made)
            .map_err(|error| StoreError::Broken(format!("no random bytes: {error}")))?;
        let _ = fs::remove_file(&self.draft);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&self.draft).and_then(|mut file| {
            file.write_all(hex(&made).as_bytes())?;
            file.sync_all()?;
            fs::rename(&self.draft, &self.path)
        });
        written.map_err(|error| io(&error))?;
        Ok(made)
    }

    fn with_key<T>(&self, work: impl FnOnce(&SigningKey) -> T) -> Result<T, StoreError> {
        let poisoned = |_| StoreError::Broken("a thread failed while it held the key".into());
        let mut held = self.key.lock().map_err(poisoned)?;
        if held.is_none() {
            let bytes = match self.read()? {
                Some(bytes) => bytes,
                None => self.make()?,
            };
            *held = Some(self.secret(&bytes)?);
        }
        held.as_ref()
            .map(work)
            .ok_or_else(|| StoreError::Broken("no key to sign with".into()))
    }
}

/// Bytes from hexadecimal.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut found = [0; N];
    for (at, byte) in found.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(found)
}

impl Signer for FileSigner {
    fn public(&self) -> Result<String, StoreError> {
        self.with_key(|key| hex(key.verifying_key().as_bytes()))
    }

    fn sign(&self, text: &str) -> Result<String, StoreError> {
        self.with_key(|key| hex(&key.sign(text.as_bytes()).to_bytes()))
    }

    fn renew(&self) -> Result<String, StoreError> {
        let made = self.make()?;
        let key = self.secret(&made)?;
        let public = hex(key.verifying_key().as_bytes());
        let poisoned = |_| StoreError::Broken("a thread failed while it held the key".into());
        *self.key.lock().map_err(poisoned)? = Some(key);
        Ok(public)
    }

    fn holds(&self, key: &str, text: &str, signature: &str) -> bool {
        let key = bytes(key).and_then(|key| VerifyingKey::from_bytes(&key).ok());
        let signature = bytes(signature).map(|bytes| Signature::from_bytes(&bytes));
        key.zip(signature)
            .is_some_and(|(key, signature)| key.verify_strict(text.as_bytes(), &signature).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_signs_what_its_public_key_holds_and_a_new_one_does_not() {
        let folder = std::env::temp_dir().join(format!("bienmau-sign-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let open =
            |passphrase: Option<&str>| FileSigner::new(&folder, passphrase.map(str::to_owned));
        let signer = open(None);
        let (key, signed) = (
            signer.public().expect("a key"),
            signer.sign("ngày 1").expect("signed"),
        );
        assert!(signer.holds(&key, "ngày 1", &signed));
        assert!(!signer.holds(&key, "ngày 2", &signed));
        assert!(!signer.holds(&"00".repeat(32), "ngày 1", &signed));
        assert!(!signer.holds("xyz", "ngày 1", "é".repeat(64).as_str()));
        assert_eq!(open(None).public(), Ok(key.clone()), "kept in its file");
        assert_ne!(
            open(Some("cụm mật khẩu")).public(),
            Ok(key.clone()),
            "with a passphrase"
        );
        assert_eq!(open(Some("a")).public(), open(Some("a")).public());
        let renewed = signer.renew().expect("another key");
        assert_ne!(renewed, key);
        assert_eq!(
            (signer.public(), open(None).public()),
            (Ok(renewed.clone()), Ok(renewed))
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.join(SIGNING_FILE))
                .expect("a file")
                .permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
        }
        fs::remove_dir_all(&folder).expect("removed");
    }
}
