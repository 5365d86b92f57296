//! Which pages of a long list stand in the document: those in sight and their neighbours. Pages have the height that was
//! measured, or an estimate until then: a long name makes a taller row, not a shorter name.

use std::{collections::HashMap, ops::RangeInclusive};

/// Rows in a page.
pub const PAGE: u32 = 50;
/// Least height of a row in CSS pixels.
const ROW: f64 = 77.0;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    total: u32,
    measured: HashMap<u32, f64>,
}

impl Window {
    pub fn new(total: u32) -> Self {
        Self { total, measured: HashMap::new() }
    }

    pub fn total(&self) -> u32 {
        self.total
    }

    pub fn pages(&self) -> u32 {
        self.total.div_ceil(PAGE)
    }

    /// The number of rows changed: heights that were measured stay, of pages that still are.
    pub fn resize(&mut self, total: u32) {
        if total != self.total {
            // The last page had fewer rows, or has now.
            let last = self.pages().saturating_sub(1);
            self.measured.remove(&last);
            self.total = total;
            let pages = self.pages();
            self.measured.retain(|page, _| *page + 1 < pages);
        }
    }

    /// Remembers the height of a page. Says whether that changes anything.
    pub fn measure(&mut self, page: u32, height: f64) -> bool {
        let news = page < self.pages() && height > 0.0 && (self.height(page) - height).abs() > 0.5;
        if news {
            self.measured.insert(page, height);
        }
        news
    }

    pub fn height(&self, page: u32) -> f64 {
        let rows = self.total.saturating_sub(page * PAGE).min(PAGE);
        self.measured.get(&page).copied().unwrap_or(f64::from(rows) * ROW)
    }

    /// The distance from the top of the list to a page.
    pub fn offset(&self, page: u32) -> f64 {
        (0..page).map(|before| self.height(before)).sum()
    }

    /// The height of everything below a page.
    pub fn below(&self, page: u32) -> f64 {
        (page + 1..self.pages()).map(|after| self.height(after)).sum()
    }

    /// The pages in sight and one on each side; nothing for an empty list.
    pub fn in_sight(&self, top: f64, height: f64) -> Option<RangeInclusive<u32>> {
        let pages = self.pages();
        if pages == 0 {
            return None;
        }
        let (mut edge, mut first, mut last) = (0.0, None, 0);
        for page in 0..pages {
            let start = edge;
            edge += self.height(page);
            if edge > top && first.is_none() {
                first = Some(page);
            }
            if start <= top + height {
                last = page;
            } else {
                break;
            }
        }
        let first = first.unwrap_or(pages - 1);
        Some(first.saturating_sub(1)..=(last.max(first) + 1).min(pages - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_shows_nothing() {
        assert_eq!(Window::new(0).in_sight(0.0, 800.0), None);
    }

    #[test]
    fn the_pages_in_sight_and_their_neighbours_stand() {
        let window = Window::new(10_000);
        assert_eq!(window.pages(), 200);
        assert_eq!(window.in_sight(0.0, 800.0), Some(0..=1));
        assert_eq!(window.in_sight(ROW * 50.0 * 10.0 + 5.0, 800.0), Some(9..=11));
        assert_eq!(window.in_sight(1e9, 800.0), Some(198..=199));
    }

    #[test]
    fn taller_rows_move_what_follows() {
        let mut window = Window::new(120);
        assert!(window.measure(0, 5000.0));
        assert!(!window.measure(0, 5000.2));
        assert_eq!(window.offset(1), 5000.0);
        assert_eq!(window.in_sight(4900.0, 50.0), Some(0..=1));
        assert_eq!(window.below(1), 20.0 * ROW);
    }

    #[test]
    fn a_shorter_list_forgets_pages_that_are_gone() {
        let mut window = Window::new(120);
        window.measure(2, 900.0);
        window.measure(0, 5000.0);
        window.resize(60);
        assert_eq!(window.pages(), 2);
        assert_eq!(window.height(0), 5000.0);
        assert_eq!(window.height(1), 10.0 * ROW);
    }

    #[test]
    fn the_whole_is_as_tall_as_its_parts() {
        let window = Window::new(1234);
        let parts = window.offset(7) + window.height(7) + window.below(7);
        assert_eq!(parts, 1234.0 * ROW);
    }
}
