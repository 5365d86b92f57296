//! The body of a page outside the chart.

use leptos::prelude::*;

/// A scrolling pane with a page in it. Give it a [`Heading`](super::Heading) first.
#[component]
pub fn Page(
    /// For forms and text that is read in lines.
    #[prop(optional)]
    narrow: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="pane">
            <div class="page" class:page-narrow=narrow>
                {children()}
            </div>
        </div>
    }
}
