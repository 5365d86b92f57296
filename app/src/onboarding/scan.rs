//! Reads the square of a kit with the camera. Pictures are decoded in the page and kept nowhere.

use std::time::Duration;

use futures::channel::oneshot;
use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

use crate::{
    i18n::*,
    kit::{Notice, Symbol, Tone},
};

/// Pictures are made this wide at most before they are searched.
const WIDTH: u32 = 640;
const PAUSE: Duration = Duration::from_millis(150);

/// A camera that looks for a square. `on_found` gets its text once; leaving the component switches the camera off.
#[component]
pub fn Scanner(on_found: Callback<String>) -> impl IntoView {
    let i18n = use_i18n();
    let video = NodeRef::<html::Video>::new();
    let refused = RwSignal::new(false);
    // Gone with this component: that is how the loop learns that it is over.
    let here = StoredValue::new(());
    let started = StoredValue::new(false);
    Effect::new(move |_| {
        let Some(video) = video.get() else { return };
        if started.get_value() {
            return;
        }
        started.set_value(true);
        spawn_local(async move {
            let Ok(stream) = camera().await else {
                refused.try_set(true);
                return;
            };
            let found = look(&video, &stream, || here.try_get_value().is_some()).await;
            for track in stream.get_tracks() {
                track.unchecked_into::<MediaStreamTrack>().stop();
            }
            match found {
                Ok(Some(text)) => drop(on_found.try_run(text)),
                Ok(None) => {}
                Err(_) => drop(refused.try_set(true)),
            }
        });
    });
    view! {
        <div class="camera">
            <Show
                when=move || !refused.get()
                fallback=move || {
                    view! {
                        <Notice tone=Tone::Caution symbol=Symbol::Camera role="alert">
                            <strong>{t!(i18n, onboarding.scan.none)}</strong>
                            {t!(i18n, onboarding.scan.none_text)}
                        </Notice>
                    }
                }
            >
                <video
                    node_ref=video
                    autoplay=true
                    muted=true
                    playsinline=true
                    aria-label=move || t_string!(i18n, onboarding.scan.picture)
                ></video>
                <p class="small quiet" role="status">{t!(i18n, onboarding.scan.hold)}</p>
            </Show>
        </div>
    }
}

/// The camera at the back of the device, if there are two.
async fn camera() -> Result<MediaStream, JsValue> {
    let devices = window().navigator().media_devices()?;
    let video = js_sys::Object::new();
    js_sys::Reflect::set(&video, &"facingMode".into(), &"environment".into())?;
    let wanted = MediaStreamConstraints::new();
    wanted.set_video(&video);
    Ok(JsFuture::from(devices.get_user_media_with_constraints(&wanted)?).await?.unchecked_into())
}

/// Looks at picture after picture until one holds a square, or until `go_on` says no.
async fn look(
    video: &HtmlVideoElement,
    stream: &MediaStream,
    go_on: impl Fn() -> bool,
) -> Result<Option<String>, JsValue> {
    video.set_src_object(Some(stream));
    JsFuture::from(video.play()?).await?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
    let context: CanvasRenderingContext2d =
        canvas.get_context_with_context_options("2d", &options)?.ok_or(JsValue::NULL)?.unchecked_into();
    while go_on() {
        let (width, height) = fit(video.video_width(), video.video_height());
        if width > 0 && height > 0 {
            canvas.set_width(width);
            canvas.set_height(height);
            context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width.into(), height.into())?;
            if let Some(text) = read(&pixels(&context, width, height)?, width as usize, height as usize) {
                return Ok(Some(text));
            }
        }
        pause().await;
    }
    Ok(None)
}

/// The pixels of a canvas. Called by its name, because the binding has other types under the browser's newest interfaces.
fn pixels(context: &CanvasRenderingContext2d, width: u32, height: u32) -> Result<Vec<u8>, JsValue> {
    let get: js_sys::Function = js_sys::Reflect::get(context, &"getImageData".into())?.unchecked_into();
    let picture = get.apply(context, &js_sys::Array::of4(&0.into(), &0.into(), &width.into(), &height.into()))?;
    let data = js_sys::Reflect::get(&picture, &"data".into())?;
    Ok(data.unchecked_into::<js_sys::Uint8ClampedArray>().to_vec())
}

async fn pause() {
    let (done, wait) = oneshot::channel();
    set_timeout(
        move || {
            // Nobody waits any more if this component is gone.
            let _ = done.send(());
        },
        PAUSE,
    );
    // The timer always fires.
    let _ = wait.await;
}

/// The size of a picture, not wider than needed.
fn fit(width: u32, height: u32) -> (u32, u32) {
    if width <= WIDTH { (width, height) } else { (WIDTH, height * WIDTH / width) }
}

/// The text of the first square in a picture of RGBA pixels.
fn read(rgba: &[u8], width: usize, height: usize) -> Option<String> {
    if rgba.len() < width * height * 4 {
        return None;
    }
    let grey = |x: usize, y: usize| {
        let at = (y * width + x) * 4;
        let [red, green, blue] = [0, 1, 2].map(|channel| u32::from(rgba[at + channel]));
        ((red * 77 + green * 150 + blue * 29) >> 8) as u8
    };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    picture.detect_grids().into_iter().find_map(|grid| grid.decode().ok().map(|(_, text)| text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_a_square_gives_nothing() {
        assert_eq!(read(&[200; 64 * 64 * 4], 64, 64), None);
        assert_eq!(read(&[], 64, 64), None);
    }

    #[test]
    fn wide_pictures_are_made_smaller() {
        assert_eq!(fit(1920, 1080), (640, 360));
        assert_eq!(fit(320, 240), (320, 240));
    }
}
