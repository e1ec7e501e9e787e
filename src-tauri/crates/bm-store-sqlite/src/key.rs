//! The key that encrypts the database.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use bm_app::StoreError;

use crate::codec;

/// File name of the key beside the database.
const KEY_FILE: &str = "bienmau.key";

/// A raw key kept in a file that only its owner may read, or a passphrase someone types.
#[derive(Clone)]
pub enum Key {
    /// 32 random bytes in hexadecimal.
    Raw(String),
    /// A passphrase; SQLCipher derives the key from it (PBKDF2-HMAC-SHA512, 256,000 rounds).
    Passphrase(String),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// The passphrase if one is given, else the key file of the folder.
    ///
    /// # Errors
    /// [`StoreError::KeyWrong`] when there is neither.
    pub fn load(folder: &Path, passphrase: Option<String>) -> Result<Self, StoreError> {
        if let Some(passphrase) = passphrase.filter(|text| !text.is_empty()) {
            return Ok(Self::Passphrase(passphrase));
        }
        let text = fs::read_to_string(folder.join(KEY_FILE)).map_err(|_| StoreError::KeyWrong)?;
        let text = text.trim();
        let valid = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if valid {
            Ok(Self::Raw(text.to_owned()))
        } else {
            Err(StoreError::KeyWrong)
        }
    }

    /// The passphrase if one is given, else a new random key written to the folder, readable by its
    /// owner alone.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be written.
    pub fn create(folder: &Path, passphrase: Option<String>) -> Result<Self, StoreError> {
        if let Some(passphrase) = passphrase.filter(|text| !text.is_empty()) {
            return Ok(Self::Passphrase(passphrase));
        }
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)
            .map_err(|error| StoreError::Broken(format!("no random bytes: {error}")))?;
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        fs::create_dir_all(folder).map_err(|error| codec::io(&error))?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options
            .open(folder.join(KEY_FILE))
            .map_err(|error| codec::io(&error))?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(|error| codec::io(&error))?;
        Ok(Self::Raw(text))
    }

    /// Files that hold keys, in the folder of the database.
    pub const FILES: [&str; 1] = [KEY_FILE];

    /// Whether `folder` has a key file at all.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join(KEY_FILE).exists()
    }

    pub(crate) fn pragma(&self) -> String {
        match self {
            Self::Raw(hex) => format!("x'{hex}'"),
            Self::Passphrase(text) => text.clone(),
        }
    }
}
