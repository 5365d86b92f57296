//! Telling devices that there is something new.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::{Sse, sse::Event},
};
use futures::{Stream, stream};
use tokio::{
    sync::{broadcast, watch},
    time::{Interval, MissedTickBehavior, interval},
};
use wire::{BEAT_MS, EVENT_BEAT, EVENT_NEWS};

use crate::{Api, Error, extract::DeviceSession, state::Signal, store::Heads};

/// After so many beats the storage is asked: another process may have appended, or the session have expired.
const BEATS_BETWEEN_LOOKS: u32 = 10;

/// Begins with the present state as news, so that a device that reconnects learns what it missed. Ends with the session
/// or when the server closes.
pub(super) async fn events(
    State(api): State<Api>,
    session: DeviceSession,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Error> {
    let mut beat = interval(Duration::from_millis(BEAT_MS));
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat.reset();
    // Subscribed before the first look, so that nothing falls between.
    let (signals, closing) = (api.signals.subscribe(), api.closing.subscribe());
    let listener = Listener { api, session, signals, closing, beat, beats: 0, told: None };
    Ok(Sse::new(stream::unfold(listener, |mut listener| async {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    })))
}

struct Listener {
    api: Api,
    session: DeviceSession,
    signals: broadcast::Receiver<Signal>,
    closing: watch::Receiver<bool>,
    beat: Interval,
    beats: u32,
    told: Option<Heads>,
}

enum Happened {
    Beat,
    Look,
    End,
}

impl Listener {
    /// The next event, or None at the end.
    async fn next(&mut self) -> Option<Event> {
        let mut happened = if self.told.is_none() { Happened::Look } else { self.wait().await };
        loop {
            let is_beat = matches!(happened, Happened::Beat);
            self.beats = self.beats.wrapping_add(is_beat.into());
            match happened {
                Happened::End => return None,
                Happened::Beat if !self.beats.is_multiple_of(BEATS_BETWEEN_LOOKS) => return Some(beat()),
                Happened::Beat | Happened::Look => match self.look().await? {
                    Some(news) => return Some(news),
                    None if is_beat => return Some(beat()),
                    None => {}
                },
            }
            happened = self.wait().await;
        }
    }

    async fn wait(&mut self) -> Happened {
        tokio::select! {
            biased;
            _ = self.closing.wait_for(|closing| *closing) => Happened::End,
            signal = self.signals.recv() => match signal {
                Ok(Signal::SessionEnded(token_hash)) if token_hash == self.session.token_hash => Happened::End,
                // Missed signals are made up for by looking.
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => Happened::Look,
                Err(broadcast::error::RecvError::Closed) => Happened::End,
            },
            _ = self.beat.tick() => Happened::Beat,
        }
    }

    /// None if the session is over (or the storage fails: the device will ask again); otherwise news, if there is any.
    async fn look(&mut self) -> Option<Option<Event>> {
        self.api.running_session(self.session.token_hash).await.ok()?;
        let heads = self.api.heads().await.ok()?;
        if self.told.replace(heads) == Some(heads) {
            return Some(None);
        }
        Some(Some(Event::default().event(EVENT_NEWS).data(format!("{} {}", heads.cursor, heads.log_seq))))
    }
}

fn beat() -> Event {
    // An event without a data line is not passed on by a browser.
    Event::default().event(EVENT_BEAT).data(".")
}
