//! Locks when nobody touches the device, and says so before.

use std::time::Duration;

use leptos::{ev, prelude::*};

use crate::{i18n::*, kit::Dialog, platform, state};

/// Seconds of warning before the lock.
const WARNING: u32 = 20;

/// What is due after so many idle milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Nothing,
    /// Seconds until the lock.
    Warn(u32),
    Lock,
}

/// What is due if nobody touched the device for `idle_ms` and it locks after `lock_after_min` minutes.
pub fn due(idle_ms: f64, lock_after_min: u32) -> Due {
    // A session without a time still locks: at the latest after a quarter of an hour.
    let limit = if lock_after_min == 0 { 15 * 60 } else { lock_after_min.saturating_mul(60) };
    let left = f64::from(limit) - idle_ms / 1000.0;
    if left <= 0.0 {
        Due::Lock
    } else if left <= f64::from(WARNING) {
        Due::Warn(left.ceil() as u32)
    } else {
        Due::Nothing
    }
}

#[component]
pub fn IdleLock() -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let minutes = session.opened().map_or(0, |opened| opened.lock_after_min);
    // The clock, not a count of beats: a device that slept has been idle.
    let touched = RwSignal::new(0.0);
    let left = RwSignal::new(None::<u32>);
    let touch = move || touched.set(platform::now_ms());
    Effect::new(move |_| {
        touch();
        let beat = set_interval_with_handle(
            move || match due(platform::now_ms() - touched.get_untracked(), minutes) {
                Due::Nothing => {
                    if left.get_untracked().is_some() {
                        left.set(None);
                    }
                }
                Due::Warn(seconds) => left.set(Some(seconds)),
                Due::Lock => session.lock(),
            },
            Duration::from_secs(1),
        );
        // While the warning stands, only its buttons count: a sleeve on the glass does not keep a device open.
        let touched_by = move || {
            if left.get_untracked().is_none() {
                touch();
            }
        };
        let listeners = [
            window_event_listener(ev::pointerdown, move |_| touched_by()),
            window_event_listener(ev::keydown, move |_| touched_by()),
            window_event_listener(ev::wheel, move |_| touched_by()),
            window_event_listener(ev::touchstart, move |_| touched_by()),
        ];
        on_cleanup(move || {
            if let Ok(beat) = beat {
                beat.clear();
            }
            for listener in listeners {
                listener.remove();
            }
        });
    });
    let stay = Callback::new(move |()| {
        touch();
        left.set(None);
    });
    view! {
        <Show when=move || left.read().is_some()>
            <Dialog
                alert=true
                title=move || t!(i18n, common.lock.warning)
                on_close=stay
                foot=move || {
                    view! {
                        <button type="button" class="button" on:click=move |_| session.lock()>
                            {t!(i18n, common.lock.now)}
                        </button>
                        <button type="button" class="button button-main" autofocus=true on:click=move |_| stay.run(())>
                            {t!(i18n, common.lock.stay)}
                        </button>
                    }
                }
            >
                <p>{t!(i18n, common.lock.warning_text, count = move || left.get().unwrap_or(0))}</p>
                <p class="small quiet">{t!(i18n, common.lock.unsaved)}</p>
            </Dialog>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_comes_twenty_seconds_before_the_lock() {
        assert_eq!(due(0.0, 2), Due::Nothing);
        assert_eq!(due(99_000.0, 2), Due::Nothing);
        assert_eq!(due(100_000.0, 2), Due::Warn(20));
        assert_eq!(due(119_500.0, 2), Due::Warn(1));
        assert_eq!(due(120_000.0, 2), Due::Lock);
    }

    #[test]
    fn a_device_that_slept_locks_at_once() {
        assert_eq!(due(9e9, 5), Due::Lock);
    }

    #[test]
    fn without_a_time_it_still_locks() {
        assert_eq!(due(15.0 * 60_000.0, 0), Due::Lock);
    }
}
