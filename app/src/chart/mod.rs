//! A patient's chart: what a clinician reads, and the few things they write.
//!
//! [`ChartPage`] asks the worker for one chart and shows it; the modules beside it turn the plain view of a chart into
//! markup, or decide something about it in functions that need no browser. Sections are functions of the chart and the
//! language; what is chosen in them lives in the page, so that a change from elsewhere never moves what is looked at.

mod allergies;
mod concept;
mod details;
mod documents;
mod editor;
mod file;
mod identity;
mod leave;
mod load;
mod mark;
mod measure;
mod medications;
mod note;
mod overview;
mod page;
mod plot;
mod problems;
mod results;
pub mod review;
mod saved;
mod section;
mod signs;
mod summary;
mod timeline;
mod vitals;
mod words;

pub use editor::same_name;
pub use file::FileDialog;
pub use page::ChartPage;
pub use section::Section;
