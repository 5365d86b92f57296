//! One segment of the patient index: up to some thousand rows, presorted, with a presorted token table, kept as bytes.
//!
//! Opening a sealed segment is one decryption and no per-row work. All integers little endian:
//! ```text
//! segment = version u8 (1) ‖ u32 rows ‖ u32 tokens ‖ u32 dead
//!         ‖ row end offset u32 × rows ‖ (token offset u32, token length u16, row u16) × tokens ‖ (segment u32, row u16) × dead
//!         ‖ row bytes ‖ token bytes
//! row     = chart[16] ‖ flags u8 ‖ text × 5 (sort key, name, birth date, sex, identifier), each u16 length ‖ UTF-8
//! ```
//! Rows are in order of sort key, then chart; tokens in bytewise order. `dead` names rows of older segments that this
//! one replaces.

use record::{summary::PatientSummary, view::PatientRow};

/// Rows a segment holds at most (the row number is a u16).
pub const MAX_ROWS: usize = 4096;
const VERSION: u8 = 1;
const HEAD: usize = 13;
const DECEASED: u8 = 1;
const TO_REVIEW: u8 = 2;

/// A row before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub chart: [u8; 16],
    pub to_review: bool,
    pub deceased: bool,
    pub sort_key: String,
    pub name: String,
    pub birth_date: String,
    pub sex: String,
    pub identifier: String,
    pub tokens: Vec<String>,
}

impl Row {
    pub fn new(chart: [u8; 16], summary: &PatientSummary, to_review: bool) -> Self {
        Self {
            chart,
            to_review,
            deceased: summary.deceased,
            sort_key: sort_text(summary),
            name: summary.name.clone(),
            birth_date: summary.birth_date.clone(),
            sex: summary.sex.clone(),
            identifier: summary.identifier.clone(),
            tokens: summary.search_tokens(),
        }
    }
}

/// Family name, then given names; a control character between them sorts a shorter family name first.
fn sort_text(summary: &PatientSummary) -> String {
    let (family, given) = summary.sort_key();
    format!("{family}\u{1}{given}")
}

/// A row of an older segment that is no longer the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dead {
    pub segment: u32,
    pub row: u16,
}

/// Writes a segment. Sorts `rows`; at most [`MAX_ROWS`].
pub fn write(rows: &mut [Row], dead: &[Dead]) -> Vec<u8> {
    assert!(rows.len() <= MAX_ROWS, "a segment holds at most {MAX_ROWS} rows");
    rows.sort_by(|a, b| (&a.sort_key, a.chart).cmp(&(&b.sort_key, b.chart)));
    let mut row_bytes = Vec::new();
    let mut ends = Vec::with_capacity(rows.len());
    let mut tokens: Vec<(&str, u16)> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        row_bytes.extend_from_slice(&row.chart);
        row_bytes.push(if row.deceased { DECEASED } else { 0 } | if row.to_review { TO_REVIEW } else { 0 });
        for text in [&row.sort_key, &row.name, &row.birth_date, &row.sex, &row.identifier] {
            let text = cut(text);
            row_bytes.extend_from_slice(&(text.len() as u16).to_le_bytes());
            row_bytes.extend_from_slice(text.as_bytes());
        }
        ends.push(row_bytes.len() as u32);
        tokens.extend(row.tokens.iter().map(|token| (cut(token), number as u16)));
    }
    tokens.sort_unstable();
    tokens.dedup();
    let mut out = vec![VERSION];
    for count in [rows.len(), tokens.len(), dead.len()] {
        out.extend_from_slice(&(count as u32).to_le_bytes());
    }
    for end in ends {
        out.extend_from_slice(&end.to_le_bytes());
    }
    let mut token_bytes = Vec::new();
    for (token, row) in &tokens {
        out.extend_from_slice(&(token_bytes.len() as u32).to_le_bytes());
        out.extend_from_slice(&(token.len() as u16).to_le_bytes());
        out.extend_from_slice(&row.to_le_bytes());
        token_bytes.extend_from_slice(token.as_bytes());
    }
    for Dead { segment, row } in dead {
        out.extend_from_slice(&segment.to_le_bytes());
        out.extend_from_slice(&row.to_le_bytes());
    }
    out.extend_from_slice(&row_bytes);
    out.extend_from_slice(&token_bytes);
    out
}

/// Longest text of a row: what does not fit a u16 is cut at a character, which no real name reaches.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(u16::MAX as usize)]
}

/// An opened segment. Its bytes were authenticated, so its inner offsets are trusted to be consistent; a defect would
/// show as a clean panic-free `None` from the accessors.
pub struct Segment {
    bytes: zeroize::Zeroizing<Vec<u8>>,
    rows: usize,
    tokens: usize,
    dead: usize,
    row_start: usize,
    token_start: usize,
    /// One bit a row: replaced by a newer segment.
    gone: Vec<u64>,
    alive: u32,
}

impl Segment {
    /// Takes the opened bytes; `None` if they are of an unknown version or cut.
    pub fn open(bytes: zeroize::Zeroizing<Vec<u8>>) -> Option<Self> {
        if bytes.first() != Some(&VERSION) || bytes.len() < HEAD {
            return None;
        }
        let rows = u32_at(&bytes, 1)? as usize;
        let tokens = u32_at(&bytes, 5)? as usize;
        let dead = u32_at(&bytes, 9)? as usize;
        let row_start = HEAD + rows.checked_mul(4)? + tokens.checked_mul(8)? + dead.checked_mul(6)?;
        if rows > MAX_ROWS || row_start > bytes.len() {
            return None;
        }
        let row_len = if rows == 0 { 0 } else { u32_at(&bytes, HEAD + (rows - 1) * 4)? as usize };
        let token_start = row_start.checked_add(row_len)?;
        if token_start > bytes.len() {
            return None;
        }
        let gone = vec![0; rows.div_ceil(64)];
        Some(Self { bytes, rows, tokens, dead, row_start, token_start, gone, alive: rows as u32 })
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Rows that no newer segment replaces.
    pub fn alive(&self) -> u32 {
        self.alive
    }

    pub fn is_gone(&self, row: u16) -> bool {
        self.gone[row as usize / 64] >> (row % 64) & 1 == 1
    }

    pub fn bury(&mut self, row: u16) {
        if (row as usize) < self.rows && !self.is_gone(row) {
            self.gone[row as usize / 64] |= 1 << (row % 64);
            self.alive -= 1;
        }
    }

    /// Rows of older segments that this one replaces.
    pub fn dead(&self) -> impl Iterator<Item = Dead> + '_ {
        let start = HEAD + self.rows * 4 + self.tokens * 8;
        (0..self.dead).filter_map(move |number| {
            let at = start + number * 6;
            Some(Dead { segment: u32_at(&self.bytes, at)?, row: u16_at(&self.bytes, at + 4)? })
        })
    }

    pub fn chart(&self, row: u16) -> [u8; 16] {
        self.row_bytes(row).get(..16).and_then(|id| id.try_into().ok()).unwrap_or_default()
    }

    pub fn sort_key(&self, row: u16) -> &[u8] {
        self.texts(row)[0]
    }

    pub fn row(&self, row: u16) -> PatientRow {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let [_, name, birth_date, sex, identifier] = self.texts(row);
        let flags = self.row_bytes(row).get(16).copied().unwrap_or(0);
        PatientRow {
            chart: crate::keys::hex(&self.chart(row)),
            name: text(name),
            birth_date: text(birth_date),
            sex: text(sex),
            identifier: text(identifier),
            deceased: flags & DECEASED != 0,
            to_review: flags & TO_REVIEW != 0,
        }
    }

    /// The row again as it was written, to merge segments.
    pub fn to_row(&self, row: u16, tokens: Vec<String>) -> Row {
        let shown = self.row(row);
        Row {
            chart: self.chart(row),
            to_review: shown.to_review,
            deceased: shown.deceased,
            sort_key: String::from_utf8_lossy(self.sort_key(row)).into_owned(),
            name: shown.name,
            birth_date: shown.birth_date,
            sex: shown.sex,
            identifier: shown.identifier,
            tokens,
        }
    }

    /// Every token with its row, in token order.
    pub fn tokens(&self) -> impl Iterator<Item = (&[u8], u16)> {
        (0..self.tokens).map(|number| self.token(number))
    }

    /// Sets in `found` the bit of every row that has a token beginning with `prefix`.
    pub fn mark(&self, prefix: &[u8], found: &mut [u64]) {
        let mut low = 0;
        let mut high = self.tokens;
        while low < high {
            let middle = low.midpoint(high);
            if self.token(middle).0 < prefix { low = middle + 1 } else { high = middle }
        }
        for number in low..self.tokens {
            let (token, row) = self.token(number);
            if !token.starts_with(prefix) {
                break;
            }
            found[row as usize / 64] |= 1 << (row % 64);
        }
    }

    fn token(&self, number: usize) -> (&[u8], u16) {
        let at = HEAD + self.rows * 4 + number * 8;
        let read = || {
            let start = self.token_start + u32_at(&self.bytes, at)? as usize;
            let len = u16_at(&self.bytes, at + 4)? as usize;
            Some((self.bytes.get(start..start + len)?, u16_at(&self.bytes, at + 6)?.min(self.rows as u16 - 1)))
        };
        read().unwrap_or((&[], 0))
    }

    fn row_bytes(&self, row: u16) -> &[u8] {
        let end_of = |row: usize| u32_at(&self.bytes, HEAD + row * 4).unwrap_or(0) as usize;
        let start = if row == 0 { 0 } else { end_of(row as usize - 1) };
        self.bytes.get(self.row_start + start..self.row_start + end_of(row as usize)).unwrap_or(&[])
    }

    fn texts(&self, row: u16) -> [&[u8]; 5] {
        let mut rest = self.row_bytes(row).get(17..).unwrap_or(&[]);
        std::array::from_fn(|_| {
            let len = u16_at(rest, 0).unwrap_or(0) as usize;
            let text = rest.get(2..2 + len).unwrap_or(&[]);
            rest = rest.get(2 + len..).unwrap_or(&[]);
            text
        })
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}
