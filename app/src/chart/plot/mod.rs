//! A line over time: where its ticks, lines and points stand, without a DOM; and the drawing of it.

mod drawing;
mod model;
mod scale;
mod time;

pub use drawing::PlotView;
pub use model::{Plot, Range};
