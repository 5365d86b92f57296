//! The patient index in memory: what the list shows and what the search looks through, without opening any record.
//!
//! It is a small log-structured store: each page received or edit made adds a [`segment`] that names the rows it
//! replaces; small segments are merged now and then. Search marks rows by binary search in each segment's tokens and
//! merges the sorted matches, so a keystroke touches no row that does not match.

pub mod segment;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, HashMap},
};

use record::view::PatientRow;
use segment::{Dead, Row, Segment};

/// More small segments than this are merged into one.
const SMALL_SEGMENTS: usize = 12;
/// A segment with fewer rows is small.
const SMALL_ROWS: usize = 256;

#[derive(Default)]
pub struct Index {
    segments: BTreeMap<u32, Segment>,
    /// Where each chart's row is; built when first needed.
    places: Option<HashMap<[u8; 16], (u32, u16)>>,
    /// All rows in order; built when somebody scrolls far.
    order: Option<Vec<(u32, u16)>>,
}

/// A change of the index, to be sealed and written with what caused it.
pub struct Change {
    /// Number and plaintext of the new segment.
    pub add: (u32, Vec<u8>),
    /// Segments that the new one replaces entirely.
    pub remove: Vec<u32>,
}

impl Index {
    /// Takes an opened segment from disk; call in order of number.
    pub fn load(&mut self, number: u32, segment: Segment) {
        for Dead { segment, row } in segment.dead().collect::<Vec<_>>() {
            if let Some(older) = self.segments.get_mut(&segment) {
                older.bury(row);
            }
        }
        self.segments.insert(number, segment);
        (self.places, self.order) = (None, None);
    }

    pub fn total(&self) -> u32 {
        self.segments.values().map(Segment::alive).sum()
    }

    /// Plans the change that makes `rows` the truth for their charts, without making it.
    pub fn plan(&mut self, mut rows: Vec<Row>) -> Vec<Change> {
        let mut changes = Vec::new();
        let next = self.segments.keys().next_back().map_or(1, |last| last + 1);
        let small: Vec<u32> = self
            .segments
            .iter()
            .filter(|(_, segment)| segment.rows() < SMALL_ROWS)
            .map(|(number, _)| *number)
            .collect();
        let merge = small.len() >= SMALL_SEGMENTS && rows.len() < SMALL_ROWS;
        let mut remove = Vec::new();
        let mut dead = Vec::new();
        for row in &rows {
            if let Some((segment, row)) = self.places().get(&row.chart).copied()
                && !(merge && small.contains(&segment))
            {
                dead.push(Dead { segment, row });
            }
        }
        if merge {
            let newer: std::collections::HashSet<[u8; 16]> = rows.iter().map(|row| row.chart).collect();
            for number in &small {
                let segment = &self.segments[number];
                // What the merged segment had replaced must stay replaced.
                dead.extend(
                    segment
                        .dead()
                        .filter(|dead| !small.contains(&dead.segment) && self.segments.contains_key(&dead.segment)),
                );
                rows.extend(alive_rows(segment).into_iter().filter(|row| !newer.contains(&row.chart)));
            }
            remove = small;
        }
        dead.sort_unstable();
        dead.dedup();
        for (count, chunk) in rows.chunks_mut(segment::MAX_ROWS).enumerate() {
            let first = count == 0;
            let bytes = segment::write(chunk, if first { &dead } else { &[] });
            changes.push(Change {
                add: (next + count as u32, bytes),
                remove: if first { std::mem::take(&mut remove) } else { Vec::new() },
            });
        }
        changes
    }

    /// Makes a planned change after it is durable.
    pub fn apply(&mut self, change: Change) {
        for number in change.remove {
            self.segments.remove(&number);
        }
        let (number, bytes) = change.add;
        let segment = Segment::open(bytes.into()).expect("a segment that was just written opens");
        let places = self.places.take();
        let grown = places.map(|mut places| {
            for row in 0..segment.rows() as u16 {
                places.insert(segment.chart(row), (number, row));
            }
            places
        });
        self.load(number, segment);
        self.places = grown;
    }

    /// The row of one chart.
    pub fn row(&mut self, chart: &[u8; 16]) -> Option<PatientRow> {
        let (segment, row) = *self.places().get(chart)?;
        Some(self.segments[&segment].row(row))
    }

    /// Rows `first..first + count` that have, for each token, a word beginning with it; and how many there are in all.
    pub fn search(&mut self, tokens: &[String], first: usize, count: usize) -> (u32, Vec<PatientRow>) {
        if tokens.is_empty() {
            return (self.total(), self.window(first, count));
        }
        let mut total = 0;
        let mut matches: Vec<(u32, Vec<u16>)> = Vec::new();
        for (number, segment) in &self.segments {
            let words = segment.rows().div_ceil(64);
            let mut found: Vec<u64> = segment_alive(segment);
            for token in tokens {
                let mut with = vec![0; words];
                segment.mark(token.as_bytes(), &mut with);
                found.iter_mut().zip(with).for_each(|(found, with)| *found &= with);
            }
            let rows: Vec<u16> = bits(&found).collect();
            total += rows.len() as u32;
            if !rows.is_empty() {
                matches.push((*number, rows));
            }
        }
        let picked = self.merge(matches, first, count);
        (total, picked.into_iter().map(|(segment, row)| self.segments[&segment].row(row)).collect())
    }

    fn window(&mut self, first: usize, count: usize) -> Vec<PatientRow> {
        let all = |index: &Self| {
            index.segments.iter().map(|(number, segment)| (*number, bits(&segment_alive(segment)).collect())).collect()
        };
        let picked = match &self.order {
            Some(order) => order.iter().skip(first).take(count).copied().collect(),
            // The first rows need no full order.
            None if first + count <= 200 => self.merge(all(self), first, count),
            None => {
                let order = self.merge(all(self), 0, usize::MAX);
                let picked = order.iter().skip(first).take(count).copied().collect();
                self.order = Some(order);
                picked
            }
        };
        picked.into_iter().map(|(segment, row)| self.segments[&segment].row(row)).collect()
    }

    /// Merges sorted row lists of several segments and picks a window.
    fn merge(&self, lists: Vec<(u32, Vec<u16>)>, first: usize, count: usize) -> Vec<(u32, u16)> {
        let mut heap = BinaryHeap::with_capacity(lists.len());
        for (list, (number, rows)) in lists.iter().enumerate() {
            if let Some(row) = rows.first() {
                let segment = &self.segments[number];
                heap.push(Reverse((segment.sort_key(*row), segment.chart(*row), list, 0)));
            }
        }
        let mut picked = Vec::new();
        let mut position = 0;
        while let Some(Reverse((_, _, list, at))) = heap.pop() {
            let (number, rows) = &lists[list];
            if position >= first {
                picked.push((*number, rows[at]));
                if picked.len() == count {
                    break;
                }
            }
            position += 1;
            if let Some(row) = rows.get(at + 1) {
                let segment = &self.segments[number];
                heap.push(Reverse((segment.sort_key(*row), segment.chart(*row), list, at + 1)));
            }
        }
        picked
    }

    fn places(&mut self) -> &HashMap<[u8; 16], (u32, u16)> {
        let segments = &self.segments;
        self.places.get_or_insert_with(|| {
            let mut places = HashMap::new();
            for (number, segment) in segments {
                for row in bits(&segment_alive(segment)) {
                    places.insert(segment.chart(row), (*number, row));
                }
            }
            places
        })
    }
}

fn alive_rows(segment: &Segment) -> Vec<Row> {
    let mut tokens: Vec<Vec<String>> = vec![Vec::new(); segment.rows()];
    for (token, row) in segment.tokens() {
        tokens[row as usize].push(String::from_utf8_lossy(token).into_owned());
    }
    bits(&segment_alive(segment)).map(|row| segment.to_row(row, std::mem::take(&mut tokens[row as usize]))).collect()
}

fn segment_alive(segment: &Segment) -> Vec<u64> {
    let mut alive = vec![0; segment.rows().div_ceil(64)];
    for row in 0..segment.rows() as u16 {
        if !segment.is_gone(row) {
            alive[row as usize / 64] |= 1 << (row % 64);
        }
    }
    alive
}

fn bits(words: &[u64]) -> impl Iterator<Item = u16> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| {
        let mut word = *word;
        std::iter::from_fn(move || {
            (word != 0).then(|| {
                let bit = word.trailing_zeros();
                word &= word - 1;
                (at * 64) as u16 + bit as u16
            })
        })
    })
}

#[cfg(test)]
mod tests;
