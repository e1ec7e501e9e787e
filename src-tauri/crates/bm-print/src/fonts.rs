//! The fonts of the program, embedded in it: a sheet looks the same on every workstation.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Liberation 2 (OFL 1.1) has every letter of Vietnamese; Droid Sans Fallback (Apache-2.0) has the
/// Chinese of goods and names.
const FILES: [&[u8]; 6] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../fonts/LiberationSans-Bold.ttf"),
    include_bytes!("../fonts/DroidSansFallback.ttf"),
];

/// All faces, in the order of [`book`].
pub static FACES: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files = FILES.into_iter();
    files
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect()
});

/// What the faces are.
pub static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FACES.iter())));
