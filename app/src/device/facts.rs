//! What stands on this device, in words and numbers.

use client::protocol::DeviceInfo;
use leptos::prelude::*;

use crate::{
    format,
    i18n::*,
    kit::{Icon, Notice, Symbol, Tone},
};

/// Patients, entries, what waits, and the space they take.
pub fn numbers(info: &DeviceInfo, locale: Locale) -> impl IntoView + use<> {
    let number = |value: u32| format::number(u64::from(value), locale);
    let facts = [
        (td_string!(locale, device.patients), number(info.patients)),
        (td_string!(locale, device.records), number(info.records)),
        (td_string!(locale, device.waiting), number(info.waiting)),
        (td_string!(locale, device.space), format::bytes(info.bytes, locale)),
    ];
    let kept = if info.persistent {
        view! { <p class="small quiet">{td_string!(locale, device.persistent)}</p> }.into_any()
    } else {
        view! {
            <Notice tone=Tone::Caution symbol=Symbol::Warning>
                <strong>{td_string!(locale, device.not_persistent)}</strong>
                {td_string!(locale, device.not_persistent_text)}
            </Notice>
        }
        .into_any()
    };
    view! {
        <div class="facts-grid">
            {facts
                .into_iter()
                .map(|(label, value)| {
                    view! {
                        <div class="card fact">
                            <span class="caption">{label}</span>
                            <span class="figure">{value}</span>
                        </div>
                    }
                })
                .collect_view()}
        </div>
        {kept}
    }
}

/// Practice, server, person and device, with the words to compare.
pub fn practice(info: &DeviceInfo, locale: Locale) -> impl IntoView + use<> {
    let facts = [
        (td_string!(locale, device.practice), info.practice_name.clone()),
        (td_string!(locale, device.person), info.person_name.clone()),
        (td_string!(locale, device.device), info.device_name.clone()),
        (td_string!(locale, device.server), info.server.clone()),
    ];
    let words = info.practice_words.split_whitespace().map(|word| {
        view! {
            <li>
                <bdi>{word.to_owned()}</bdi>
            </li>
        }
    });
    view! {
        <section class="card card-pad stack">
            <dl class="device-facts">
                {facts
                    .into_iter()
                    .map(|(label, value)| {
                        view! {
                            <div>
                                <dt>{label}</dt>
                                <dd>
                                    <bdi>{value}</bdi>
                                </dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
            <h2>{td_string!(locale, device.words)}</h2>
            <ol class="words">{words.collect_view()}</ol>
            <p class="small quiet">{td_string!(locale, device.words_text)}</p>
        </section>
    }
}

/// The devices that hold keys of the practice.
pub fn devices(info: &DeviceInfo, locale: Locale) -> impl IntoView + use<> {
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{td_string!(locale, device.devices)} " · " {info.devices.len()}</h2>
            </div>
            <ul class="rows rows-edge">
                {info
                    .devices
                    .iter()
                    .map(|name| {
                        let this = *name == info.device_name;
                        view! {
                            <li class="item">
                                <span class="quiet">
                                    <Icon symbol=Symbol::Device/>
                                </span>
                                <span class="item-main item-title">
                                    <bdi>{name.clone()}</bdi>
                                </span>
                                {this.then(|| view! { <span class="chip chip-primary">{td_string!(locale, device.chip_this)}</span> })}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}
