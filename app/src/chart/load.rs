//! Asking for a chart, and asking again when it changed, without a flash in between.

use std::sync::Arc;

use client::{
    failure::Failure,
    protocol::{Reply, Request},
};
use leptos::{prelude::*, task::spawn_local};
use record::view::ChartView;

use crate::state;

#[derive(Clone, PartialEq)]
pub enum Loaded {
    Opening,
    Here(Arc<ChartView>),
    Failed(Failure),
}

/// The chart of an address. Never the chart of an earlier address: that is cleared before the next one is asked for.
#[derive(Clone, Copy)]
pub struct Loader {
    pub loaded: RwSignal<Loaded>,
    again: Trigger,
}

impl Loader {
    pub fn new(id: Memo<String>) -> Self {
        let session = state::session();
        let loader = Self { loaded: RwSignal::new(Loaded::Opening), again: Trigger::new() };
        let loaded = loader.loaded;
        let wanted = id;
        Effect::new(move |before: Option<(String, u64)>| {
            loader.again.track();
            let id = id.get();
            let (count, about) = session
                .changed
                .with(|changed| (changed.count, changed.charts.is_empty() || changed.charts.contains(&id)));
            let same = before.as_ref().is_some_and(|(before, _)| *before == id);
            if !same {
                loaded.set(Loaded::Opening);
            } else if before.is_some_and(|(_, before)| before != count) && !about {
                return (id, count);
            }
            let (link, asked) = (session.link(), id.clone());
            spawn_local(async move {
                let answer = match link.ask(Request::Chart { chart: asked.clone() }).await {
                    Ok(Reply::Chart(chart)) => Loaded::Here(Arc::from(chart)),
                    Ok(_) => Loaded::Failed(Failure::Internal),
                    Err(failure) => Loaded::Failed(failure),
                };
                // Too late, if another chart was opened meanwhile.
                let current = wanted.try_with_untracked(|wanted| *wanted == asked) == Some(true);
                if current && loaded.try_with_untracked(|loaded| *loaded != answer) == Some(true) {
                    loaded.try_set(answer);
                }
            });
            (id, count)
        });
        loader
    }

    /// Asks once more, after a failure.
    pub fn again(self) {
        self.again.notify();
    }
}
