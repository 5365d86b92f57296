//! Small components that every page uses. Markup only; the classes are those of `style/`.
mod dialog;
mod field;
mod icon;
mod mark;
mod notice;
mod page;
mod qr;

pub use dialog::Dialog;
pub use field::{Fault, Field, PasswordField, Segments};
pub use icon::{Icon, Symbol};
pub use mark::{Mark, Wordmark};
pub use notice::{Empty, Heading, Notice, Spinner, Tone};
pub use page::Page;
pub use qr::{Qr, qr_svg};
