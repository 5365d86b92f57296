//! From the bytes of a file to JSON text, or the reason why not.

use super::FileError;

/// UTF-8 text without its byte order mark.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, FileError> {
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    match bytes.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'{', ..] | [b'{', 0, ..] => {
            return Err(FileError::Utf16);
        }
        [b'P', b'K', 3, 4, ..] | [0x1f, 0x8b, ..] => return Err(FileError::Compressed),
        _ => {}
    }
    let text =
        String::from_utf8(bytes).map_err(|error| FileError::NotUtf8 { at: error.utf8_error().valid_up_to() as u64 })?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(FileError::Empty);
    }
    if start.starts_with('<') {
        return Err(if text.contains("http://hl7.org/fhir") { FileError::XmlFhir } else { FileError::Xml });
    }
    Ok(text)
}
