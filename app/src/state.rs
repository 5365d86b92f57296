//! What the whole application knows: one phase, the state of the sync, and what the worker reported.
//!
//! Everything clinical that is in here is cleared when the device locks; everything clinical that a page holds is owned
//! by that page and disposed with it, because pages exist only in [`Phase::Unlocked`].

use std::cell::Cell;

use client::{
    failure::Failure,
    protocol::{Alarm, Event, Id, ImportProgress, Kit, Person, Reply, Request, Session as Opened, Start, SyncState},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{link::Link, platform};

/// What is shown, before anything else is decided.
#[derive(Clone, PartialEq)]
pub enum Phase {
    /// The first render, on the server and on the client: nothing is known yet.
    Starting,
    Create,
    SignIn,
    NoServer,
    WrongServer,
    OtherTab,
    Locked {
        people: Vec<Person>,
        server_there: bool,
    },
    /// Keys are here and open, but the person has not shown yet that the kit is on paper.
    KitToConfirm {
        kit: Box<Kit>,
        opened: Opened,
    },
    Unlocked(Opened),
    Unsupported(Unsupported),
    /// The worker could not say what is on this device.
    Failed(Failure),
}

/// Why this browser cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsupported {
    InsecureContext,
    NoStorage,
}

/// Counts every report of a change; `charts` are those of the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub count: u64,
    pub charts: Vec<Id>,
}

/// Context handle of the application's state; copy it freely.
#[derive(Clone, Copy)]
pub struct Session {
    pub phase: RwSignal<Phase>,
    pub sync: RwSignal<SyncState>,
    pub alarms: RwSignal<Vec<Alarm>>,
    /// Track it and ask again for what is shown.
    pub changed: RwSignal<Changed>,
    /// Progress of the running import, if one runs.
    pub import: RwSignal<Option<ImportProgress>>,
    link: StoredValue<Link>,
}

thread_local! {
    /// The session of this page: the platform's callback runs outside of any component.
    static CURRENT: Cell<Option<Session>> = const { Cell::new(None) };
}

/// The session in context; made if it is not there. The [`Link`] is taken from context, or is absent.
pub fn provide() -> Session {
    if let Some(session) = use_context::<Session>() {
        return session;
    }
    let link = use_context::<Link>().unwrap_or_else(|| {
        let link = Link::absent();
        provide_context(link.clone());
        link
    });
    let session = Session {
        phase: RwSignal::new(Phase::Starting),
        sync: RwSignal::new(SyncState::Sending { waiting: 0 }),
        alarms: RwSignal::new(Vec::new()),
        changed: RwSignal::new(Changed::default()),
        import: RwSignal::new(None),
        link: StoredValue::new(link),
    };
    provide_context(session);
    // A server renders many pages on one thread and gets no events.
    if cfg!(target_arch = "wasm32") {
        CURRENT.set(Some(session));
    }
    session
}

/// The session in context.
pub fn session() -> Session {
    expect_context::<Session>()
}

/// Takes an event of the worker. The platform calls it for each one, in order.
pub fn on_event(event: Event) {
    if let Some(session) = CURRENT.get() {
        session.on_event(event);
    }
}

impl Session {
    pub fn link(self) -> Link {
        self.link.get_value()
    }

    /// Asks the worker what stands on this device and shows the page for it.
    pub fn start(self) {
        if let Some(why) = platform::unsupported() {
            self.phase.set(Phase::Unsupported(why));
            return;
        }
        let link = self.link();
        spawn_local(async move {
            let phase = match link.ask(Request::Start).await {
                Ok(Reply::Start(start)) => Phase::from(start),
                Ok(_) => Phase::Failed(Failure::Internal),
                // The worker was replaced while it was asked: whoever replaced it asks again.
                Err(Failure::Locked) => return,
                Err(failure) => Phase::from(failure),
            };
            self.phase.try_set(phase);
        });
    }

    /// Ends the worker, and with it every key and everything decrypted; then shows the locked page.
    pub fn lock(self) {
        self.link().lock();
        self.clear();
        self.start();
    }

    /// What is open now, if anything is.
    pub fn opened(self) -> Option<Opened> {
        self.phase.with(|phase| match phase {
            Phase::Unlocked(opened) => Some(opened.clone()),
            _ => None,
        })
    }

    pub fn on_event(self, event: Event) {
        match event {
            Event::Sync(state) => drop(self.sync.try_set(state)),
            Event::Changed { charts } => drop(self.changed.try_update(|changed| {
                changed.count += 1;
                changed.charts = charts;
            })),
            Event::Import(progress) => drop(self.import.try_set(Some(progress))),
            Event::Alarm(alarm) => drop(self.alarms.try_update(|alarms| {
                if !alarms.contains(&alarm) {
                    alarms.push(alarm);
                }
            })),
            Event::TakenOver => {
                self.link().lock();
                self.clear();
                self.phase.try_set(Phase::OtherTab);
            }
        }
    }

    fn clear(self) {
        self.phase.set(Phase::Starting);
        self.alarms.set(Vec::new());
        self.changed.set(Changed::default());
        self.import.set(None);
        self.sync.set(SyncState::Sending { waiting: 0 });
    }
}

impl From<Start> for Phase {
    fn from(start: Start) -> Self {
        match start {
            Start::Create => Self::Create,
            Start::SignIn => Self::SignIn,
            Start::Locked { people, server_there } => Self::Locked { people, server_there },
            Start::NoServer => Self::NoServer,
            Start::WrongServer => Self::WrongServer,
            Start::OtherTab => Self::OtherTab,
        }
    }
}

impl From<Failure> for Phase {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::InsecureContext => Self::Unsupported(Unsupported::InsecureContext),
            Failure::NoStorage => Self::Unsupported(Unsupported::NoStorage),
            Failure::OtherTab => Self::OtherTab,
            Failure::WrongServer => Self::WrongServer,
            Failure::ServerUnreachable => Self::NoServer,
            other => Self::Failed(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> Opened {
        Opened {
            practice_name: "Mill Bridge".into(),
            person_name: "Nadia".into(),
            device_name: "Tablet 2".into(),
            kit_to_confirm: false,
            lock_after_min: 2,
            head_words: String::new(),
        }
    }

    #[test]
    fn a_take_over_leaves_nothing_open() {
        Owner::new().with(|| {
            let session = provide();
            session.phase.set(Phase::Unlocked(opened()));
            session.on_event(Event::Changed { charts: vec!["a1".into()] });
            session.on_event(Event::Alarm(Alarm::RolledBack));
            session.on_event(Event::TakenOver);
            assert!(session.phase.get_untracked() == Phase::OtherTab);
            assert!(session.opened().is_none());
            assert!(session.changed.get_untracked().charts.is_empty());
            assert!(session.alarms.get_untracked().is_empty());
        });
    }

    #[test]
    fn the_same_alarm_is_kept_once() {
        Owner::new().with(|| {
            let session = provide();
            session.on_event(Event::Alarm(Alarm::Forged));
            session.on_event(Event::Alarm(Alarm::Forged));
            session.on_event(Event::Alarm(Alarm::LogForked));
            assert_eq!(session.alarms.get_untracked(), [Alarm::Forged, Alarm::LogForked]);
        });
    }

    #[test]
    fn each_change_is_counted() {
        Owner::new().with(|| {
            let session = provide();
            session.on_event(Event::Changed { charts: vec!["a1".into()] });
            session.on_event(Event::Changed { charts: vec!["b2".into()] });
            assert_eq!(session.changed.get_untracked(), Changed { count: 2, charts: vec!["b2".into()] });
        });
    }
}
