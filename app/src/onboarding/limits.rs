//! What Ampoule cannot protect against, said to everyone who uses it.

use leptos::prelude::*;

use super::Gate;
use crate::{
    i18n::*,
    kit::{Heading, Icon, Page, Symbol},
    platform,
};

/// In the frame of an open device.
#[component]
pub fn LimitsPage() -> impl IntoView {
    view! {
        <Page>
            <Limits/>
        </Page>
    }
}

/// Before anything is open.
#[component]
pub fn LimitsStandalone() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Gate>
            <div class="page">
                <div class="row screen-only">
                    <a class="button" href="/">
                        <Icon symbol=Symbol::Back/>
                        {t!(i18n, common.back)}
                    </a>
                </div>
                <Limits/>
            </div>
        </Gate>
    }
}

#[component]
fn Limits() -> impl IntoView {
    let i18n = use_i18n();
    macro_rules! limit {
        ($symbol:ident, $key:ident) => {
            view! {
                <Limit
                    symbol=Symbol::$symbol
                    title=move || t!(i18n, onboarding.limits.$key.title)
                    what=move || t!(i18n, onboarding.limits.$key.what)
                    can_do=move || t!(i18n, onboarding.limits.$key.can_do)
                />
            }
        };
    }
    view! {
        <div class="page-head">
            <div>
                <Heading>{t!(i18n, onboarding.limits.title)}</Heading>
                <p>{t!(i18n, onboarding.limits.text)}</p>
            </div>
            <button type="button" class="button screen-only" on:click=move |_| platform::print()>
                <Icon symbol=Symbol::Print/>
                {t!(i18n, onboarding.limits.print)}
            </button>
        </div>
        <div class="columns columns-2">
            {limit!(Eye, open)}
            {limit!(Server, code)}
            {limit!(Device, spying)}
            {limit!(Key, lost)}
            {limit!(Person, colleague)}
            {limit!(Clock, before)}
            {limit!(Lock, guessed)}
            {limit!(Stopped, gone)}
            {limit!(List, when)}
            {limit!(Paper, paper)}
            {limit!(Edit, wrong)}
        </div>
        <p class="caption">{t!(i18n, onboarding.limits.more)}</p>
    }
}

#[component]
fn Limit(
    symbol: Symbol,
    #[prop(into)] title: ViewFn,
    #[prop(into)] what: ViewFn,
    #[prop(into)] can_do: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="card card-pad limit">
            <Icon symbol/>
            <h2>{title.run()}</h2>
            <p class="small quiet">{what.run()}</p>
            <p class="small">
                <strong>{t!(i18n, onboarding.limits.you_can)}</strong>
                " "
                {can_do.run()}
            </p>
        </section>
    }
}
