//! A QR code as one path: no picture, no canvas, prints sharp.

use leptos::prelude::*;
use qrcodegen::{QrCode, QrCodeEcc};

/// A QR code of `text`. `label` says what it is for, never what it holds.
#[component]
pub fn Qr(text: String, #[prop(into)] label: Signal<String>) -> impl IntoView {
    drawing(&text).map(|(size, path)| {
        view! {
            <svg
                class="qr-code"
                viewBox=format!("-4 -4 {0} {0}", size + 8)
                role="img"
                aria-label=label
                shape-rendering="crispEdges"
            >
                <path d=path></path>
            </svg>
        }
    })
}

/// The same as markup, for a file.
pub fn qr_svg(text: &str) -> Option<String> {
    drawing(text).map(|(size, path)| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-4 -4 {0} {0}\" shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>", size + 8)
    })
}

/// Size in modules and the dark ones as a path; nothing if the text is too long for a QR code.
fn drawing(text: &str) -> Option<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let start = x;
            while x < size && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                path.push_str(&format!("M{start} {y}h{0}v1h-{0}z", x - start));
            }
            x += 1;
        }
    }
    Some((size, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_is_read_back() {
        let text = "AMPOULE1 7QX2K HN9TW 0RVEC G58JD";
        let (size, path) = drawing(text).expect("fits");
        let (scale, quiet) = (4, 4);
        let side = ((size + 2 * quiet) * scale) as usize;
        let mut pixels = vec![255_u8; side * side];
        for run in path.split_terminator('z') {
            let (start, rest) = run[1..].split_once('h').expect("a run");
            let (x, y) = start.split_once(' ').expect("two numbers");
            let (x, y): (i32, i32) = (x.parse().expect("x"), y.parse().expect("y"));
            let length: i32 = rest.split_once('v').expect("a height").0.parse().expect("length");
            for row in (y + quiet) * scale..(y + quiet + 1) * scale {
                for column in (x + quiet) * scale..(x + quiet + length) * scale {
                    pixels[row as usize * side + column as usize] = 0;
                }
            }
        }
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| pixels[y * side + x]);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().expect("decodes").1, text);
    }

    #[test]
    fn a_text_that_is_too_long_draws_nothing() {
        assert!(drawing(&"x".repeat(5000)).is_none());
    }
}
