//! Line icons on a 24 px grid, in the current colour. Always beside a word, or inside a control that has a name.

use leptos::prelude::*;

macro_rules! symbols {
    ($($name:ident = $path:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Symbol { $($name,)* }

        impl Symbol {
            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

symbols! {
    Saved = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M8 12.3l2.8 2.8L16 9.8",
    Here = "M7.5 3h9A2.5 2.5 0 0 1 19 5.5v13a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 18.5v-13A2.5 2.5 0 0 1 7.5 3M9 12l2.2 2.2L15.5 10",
    Sending = "M7.5 11h9a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 18.5v-5A2.5 2.5 0 0 1 7.5 11M12 16V3M8 6.5 12 3l4 3.5",
    Receiving = "M7.5 11h9a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 18.5v-5A2.5 2.5 0 0 1 7.5 11M12 3v13M8 12.5l4 3.5 4-3.5",
    Offline = "M4 4l16 16M8.2 9.2A9 9 0 0 0 5 11.4M2.5 8.6a13 13 0 0 1 3.6-2.3M10 5.2a13 13 0 0 1 11.5 3.4M15.2 9.8A9 9 0 0 1 19 11.4M8.5 15a5 5 0 0 1 5-1.3M12 18.5v.1",
    Fork = "M12 21v-7M12 14c0-4-6-3-6-9M12 14c0-4 6-3 6-9M3.5 7 6 4.5 8.5 7M15.5 7 18 4.5 20.5 7",
    Lock = "M7.5 11h9a2.5 2.5 0 0 1 2.5 2.5V18a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 18v-4.5A2.5 2.5 0 0 1 7.5 11M8 11V8a4 4 0 0 1 8 0v3M12 15v2",
    Stopped = "M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3zM8 12h8",
    Warning = "M12 3.5 22 20H2zM12 10v4.5M12 17.2v.1",
    Check = "m5 12.5 4.5 4.5L19 7.5",
    Vitals = "M3 12.5h4l2.5-7 4.5 13 2.5-6H21",
    Plus = "M12 5v14M5 12h14",
    Remove = "M4.5 7h15M9.5 7V4h5v3M6.5 7l1 13.5h9l1-13.5M10.5 11v5.5M13.5 11v5.5",
    Note = "M6 3.5h9l4 4V20a.5.5 0 0 1-.5.5h-12A.5.5 0 0 1 6 20zM15 3.5V8h4M9 12.5h7M9 16h5",
    Print = "M7 9V3.5h10V9M7 17H4.5A1.5 1.5 0 0 1 3 15.5V11a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v4.5a1.5 1.5 0 0 1-1.5 1.5H17M7 14h10v6.5H7z",
    Search = "M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0m11.5 5 4.5 4.5",
    Close = "M6 6l12 12M18 6 6 18",
    Clock = "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 7v5.3l3.3 2",
    Info = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 11v5.5M12 7.8v.1",
    Back = "M14.5 5.5 8 12l6.5 6.5",
    Forward = "m9.5 5.5 6.5 6.5-6.5 6.5",
    Down = "m5.5 9 6.5 6.5L18.5 9",
    More = "M5.5 11.9v.2M12 11.9v.2M18.5 11.9v.2",
    Today = "M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
    Calendar = "M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M4 10h16M8 3v4M16 3v4",
    Patients = "M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.6c1.9.9 3 2.9 3 5.4",
    Result = "M10 3.5v6L4.8 18.3A1.5 1.5 0 0 0 6 20.5h12a1.5 1.5 0 0 0 1.2-2.2L14 9.5v-6M8.5 3.5h7M7.5 14.5h9",
    Medicine = "M13.13 5.5A3.8 3.8 0 0 1 18.5 10.87L10.87 18.5A3.8 3.8 0 0 1 5.5 13.13zM9.3 9.3l5.4 5.4",
    Person = "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4.5 20.5c0-4 3.2-6.5 7.5-6.5s7.5 2.5 7.5 6.5",
    Device = "M7.5 3h9A2.5 2.5 0 0 1 19 5.5v13a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 18.5v-13A2.5 2.5 0 0 1 7.5 3M11 18h2",
    Server = "M5.5 4h13A1.5 1.5 0 0 1 20 5.5v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 9.5v-4A1.5 1.5 0 0 1 5.5 4M5.5 13h13a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-4A1.5 1.5 0 0 1 5.5 13M7.5 7.5h.01M7.5 16.5h.01",
    Practice = "M4 20V9l8-5 8 5v11zM12 10v6M9 13h6",
    Key = "M3.5 15.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0m7.8-3.3 8.2-8.2M16 7.5l3 3M13.5 10l2 2",
    Download = "M12 4v12M7.5 12 12 16l4.5-4M4.5 16v3.5h15V16",
    Upload = "M12 16V4M7.5 8 12 4l4.5 4M4.5 16v3.5h15V16",
    Shield = "M12 3 4.5 6v5.5c0 4.5 3 7.8 7.5 9.5 4.5-1.7 7.5-5 7.5-9.5V6zM8.8 12l2.4 2.4 4.2-4.6",
    Eye = "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    EyeOff = "M4 4l16 16M9.9 5.7A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6 7.4A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-.9M9.9 9.9a3 3 0 0 0 4.2 4.2",
    List = "M5 6.5h.01M5 12h.01M5 17.5h.01M9 6.5h11M9 12h11M9 17.5h11",
    Paper = "M6 3.5h12v17l-3-2-3 2-3-2-3 2zM9 8.5h6M9 12.5h6",
    Home = "M3.5 11.5 12 4l8.5 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20",
    Camera = "M4.5 7.5h3l1.7-2.5h5.6l1.7 2.5h3A1.5 1.5 0 0 1 21 9v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18V9a1.5 1.5 0 0 1 1.5-1.5M8.5 13a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0",
    Language = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18",
    Contrast = "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 3v18M15 5v14M18 7.5v9",
    Again = "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.5M20 4.5v5h-5",
    Keyboard = "M4.5 6.5h15A1.5 1.5 0 0 1 21 8v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16V8a1.5 1.5 0 0 1 1.5-1.5M7 10h.01M11 10h.01M15 10h.01M17 13.5h.01M7 13.5h.01M10 14h4",
    Edit = "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM14 6.5 17.5 10",
}

impl Symbol {
    /// Arrows follow the reading direction; clocks, pills and charts do not.
    const fn turns(self) -> bool {
        matches!(self, Self::Back | Self::Forward)
    }
}

/// A symbol; hidden from screen readers, because a word beside it says the same.
#[component]
pub fn Icon(symbol: Symbol) -> impl IntoView {
    let class = if symbol.turns() { "icon icon-turns" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=symbol.path()></path>
        </svg>
    }
}
