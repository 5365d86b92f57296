//! Giving charts out as a file: only after saying that it is not encrypted.

use client::{
    failure::Failure,
    protocol::{Id, Reply, Request},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    i18n::*,
    kit::{Dialog, Icon, Notice, Spinner, Symbol, Tone},
    state, text,
};

#[derive(Clone, Copy, PartialEq)]
enum Progress {
    Asking,
    Running,
    Done,
    Failed(Failure),
}

/// Asks, exports one chart (or all), and hands the file to the browser.
#[component]
pub fn FileDialog(#[prop(optional_no_strip)] chart: Option<Id>, on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = state::session();
    let making = RwSignal::new(Progress::Asking);
    let all = chart.is_none();
    let make = move |_| {
        if making.get_untracked() == Progress::Running {
            return;
        }
        making.set(Progress::Running);
        let (link, chart) = (session.link(), chart.clone());
        spawn_local(async move {
            let made = match link.ask(Request::Export { chart }).await {
                Ok(Reply::File { name, bytes }) => {
                    link.save_file(&name, &bytes);
                    Progress::Done
                }
                Ok(_) => Progress::Failed(Failure::Internal),
                Err(failure) => Progress::Failed(failure),
            };
            making.try_set(made);
        });
    };
    view! {
        <Dialog
            title=move || {
                if all { t_string!(i18n, chart.file.title_all) } else { t_string!(i18n, chart.file.title) }
            }
            on_close
            foot=move || {
                let make = make.clone();
                view! {
                    <button type="button" class="button" on:click=move |_| on_close.run(())>
                        {move || {
                            if making.get() == Progress::Done { t_string!(i18n, common.close) } else { t_string!(i18n, common.cancel) }
                        }}
                    </button>
                    <button
                        type="button"
                        class="button button-main"
                        aria-disabled=move || (making.get() == Progress::Running).then_some("true")
                        on:click=make
                    >
                        <Icon symbol=Symbol::Download/>
                        {t!(i18n, chart.file.save)}
                    </button>
                }
            }
        >
            <Notice tone=Tone::Caution symbol=Symbol::Warning>{t!(i18n, chart.file.text)}</Notice>
            <div role="status">
                {move || match making.get() {
                    Progress::Asking => None,
                    Progress::Running => {
                        Some(
                            view! {
                                <p class="row">
                                    <Spinner/>
                                    {t!(i18n, chart.file.making)}
                                </p>
                            }
                            .into_any(),
                        )
                    }
                    Progress::Done => Some(view! { <p>{t!(i18n, chart.file.done)}</p> }.into_any()),
                    Progress::Failed(failure) => {
                        Some(
                            view! {
                                <Notice tone=Tone::Danger symbol=Symbol::Warning>{text::failure(failure, i18n.get_locale())}</Notice>
                            }
                            .into_any(),
                        )
                    }
                }}
            </div>
        </Dialog>
    }
}
