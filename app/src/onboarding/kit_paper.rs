//! The kit and the recovery sheets on paper: one A4 page each, for the printer only.

use client::protocol::{Kit, Sheet};
use leptos::prelude::*;

use crate::{
    format,
    i18n::*,
    kit::{Mark, Qr},
};

#[component]
pub fn KitPaper(kit: Kit, made: String) -> impl IntoView {
    let sheets = kit
        .sheets
        .iter()
        .cloned()
        .map(|sheet| view! { <SheetPaper kit=kit.clone() sheet made=made.clone()/> })
        .collect_view();
    view! {
        <div class="print-only">
            <KitSheet kit=kit.clone() made=made.clone()/>
            {sheets}
        </div>
    }
}

#[component]
fn KitSheet(kit: Kit, made: String) -> impl IntoView {
    let i18n = use_i18n();
    let groups = kit.groups.iter().map(|group| view! { <span>{group.clone()}</span> }).collect_view();
    let words = kit
        .practice_words
        .split_whitespace()
        .map(|word| view! { <li><bdi>{word.to_owned()}</bdi></li> })
        .collect_view();
    let practice = kit.practice_name.clone();
    view! {
        <article class="sheet">
            <PaperHead title=move || t!(i18n, onboarding.paper.title) practice=kit.practice_name.clone() made/>
            <p class="lead">
                <strong>{t!(i18n, onboarding.paper.opens)}</strong>
                " "
                {t!(i18n, onboarding.paper.keep)}
            </p>
            <section class="box">
                <h2>{t!(i18n, onboarding.kit.code)}</h2>
                <div class="secret-key">{groups}</div>
                <p class="fine">{t!(i18n, onboarding.kit.letters)}</p>
            </section>
            <div class="with-qr">
                <figure class="qr">
                    <Qr text=kit.qr.clone() label=Signal::derive(move || t_string!(i18n, onboarding.kit.qr).to_owned())/>
                    <figcaption>{t!(i18n, onboarding.kit.qr_only)}</figcaption>
                </figure>
                <div>
                    <h2>{t!(i18n, onboarding.kit.words)}</h2>
                    <p class="fine">{t!(i18n, onboarding.paper.words)}</p>
                    <ol class="words">{words}</ol>
                    <h2>{t!(i18n, onboarding.paper.place)}</h2>
                    <p>
                        {t!(i18n, onboarding.paper.server)}
                        " "
                        <strong><bdi dir="ltr">{kit.server.clone()}</bdi></strong>
                    </p>
                    <p>
                        {t!(i18n, onboarding.paper.owner)}
                        " "
                        <strong><bdi>{kit.person_name.clone()}</bdi></strong>
                    </p>
                </div>
            </div>
            <section>
                <h2>{t!(i18n, onboarding.paper.when)}</h2>
                <ol class="plain">
                    <li>{t!(i18n, onboarding.paper.when_device)}</li>
                    <li>{t!(i18n, onboarding.paper.when_lost)}</li>
                </ol>
            </section>
            <section>
                <h2>{t!(i18n, onboarding.paper.how)}</h2>
                <ol class="plain">
                    <li>{t!(i18n, onboarding.paper.how_open)}</li>
                    <li>{t!(i18n, onboarding.paper.how_code)}</li>
                    <li>{t!(i18n, onboarding.paper.how_password)}</li>
                </ol>
            </section>
            <p>{t!(i18n, onboarding.kit.lost)}</p>
            <PaperFoot name=move || t!(i18n, onboarding.paper.foot) practice/>
        </article>
    }
}

#[component]
fn SheetPaper(kit: Kit, sheet: Sheet, made: String) -> impl IntoView {
    let i18n = use_i18n();
    let Sheet { number, of, needed, code } = sheet;
    let groups = code.split([' ', '-']).map(|group| view! { <span>{group.to_owned()}</span> }).collect_view();
    let practice = kit.practice_name.clone();
    let qr = code.clone();
    view! {
        <article class="sheet">
            <PaperHead
                title=move || t!(i18n, onboarding.sheets.paper_title, number = number, of = of)
                practice=kit.practice_name.clone()
                made
            />
            <p class="lead">
                <strong>{t!(i18n, onboarding.sheets.paper_opens, needed = needed, of = of)}</strong>
                " "
                {t!(i18n, onboarding.sheets.paper_alone)}
            </p>
            <section class="box">
                <h2>{t!(i18n, onboarding.sheets.code)}</h2>
                <div class="secret-key">{groups}</div>
                <p class="fine">{t!(i18n, onboarding.kit.letters)}</p>
            </section>
            <div class="with-qr">
                <figure class="qr">
                    <Qr text=qr label=Signal::derive(move || t_string!(i18n, onboarding.sheets.qr).to_owned())/>
                    <figcaption>{t!(i18n, onboarding.kit.qr_only)}</figcaption>
                </figure>
                <div>
                    <h2>{t!(i18n, onboarding.paper.place)}</h2>
                    <p>
                        {t!(i18n, onboarding.paper.server)}
                        " "
                        <strong><bdi dir="ltr">{kit.server.clone()}</bdi></strong>
                    </p>
                    <p>{t!(i18n, onboarding.sheets.apart)}</p>
                </div>
            </div>
            <PaperFoot name=move || t!(i18n, onboarding.sheets.foot, number = number, of = of) practice/>
        </article>
    }
}

#[component]
fn PaperHead(#[prop(into)] title: ViewFn, practice: String, made: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <header>
            <div>
                <div class="brand">
                    <Mark/>
                    {t!(i18n, common.ampoule)}
                </div>
                <h1>{title.run()}</h1>
            </div>
            <div class="fine">
                <p><bdi>{practice}</bdi></p>
                <p>{t!(i18n, onboarding.paper.made, date = move || format::date(&made, i18n.get_locale()))}</p>
            </div>
        </header>
    }
}

/// Where the paper is kept, what not to do with it, and which paper it is.
#[component]
fn PaperFoot(#[prop(into)] name: ViewFn, practice: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="two">
            <div>
                <p>{t!(i18n, onboarding.paper.kept)}</p>
                <div class="write"></div>
            </div>
            <div>
                <p>{t!(i18n, onboarding.paper.given)}</p>
                <div class="write"></div>
            </div>
        </div>
        <p class="box">{t!(i18n, onboarding.paper.never)}</p>
        <footer>
            <span>{name.run()} " · " <bdi>{practice}</bdi></span>
            <span>{t!(i18n, onboarding.paper.plain)}</span>
        </footer>
    }
}
