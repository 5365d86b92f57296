//! Words of the BIP-39 English list: fingerprints to compare, passphrases to offer.
//!
//! A fingerprint of `n` words is the first `11 n` bits of the hash, most significant first, 11 bits a word.

use bip39::Language;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::label::random;

/// Words of a generated passphrase: 6 × 11 = 66 bits, above the 60 bits that unlocking offline asks for.
pub const PASSPHRASE_WORDS: usize = 6;
/// Most words a 32-byte hash can give.
pub const MAX_WORDS: usize = 23;

/// The first `n` words of a hash, at most [`MAX_WORDS`], joined by spaces.
pub fn words(hash: &[u8; 32], n: usize) -> String {
    let bit = |i: usize| usize::from(hash[i / 8] >> (7 - i % 8) & 1);
    let index = |word: usize| (0..11).fold(0, |acc, b| acc << 1 | bit(word * 11 + b));
    let list = Language::English.word_list();
    (0..n.min(MAX_WORDS)).map(|w| list[index(w)]).collect::<Vec<_>>().join(" ")
}

/// A random passphrase; each word adds 11 bits.
pub fn generate_passphrase(rng: &mut dyn CryptoRng, words: usize) -> Zeroizing<String> {
    let list = Language::English.word_list();
    let mut out = Zeroizing::new(String::with_capacity(words * 9));
    for i in 0..words {
        if i > 0 {
            out.push('-');
        }
        let draw = u16::from_be_bytes(*random::<2>(rng));
        out.push_str(list[usize::from(draw % 2048)]);
    }
    out
}

#[cfg(test)]
mod tests;
