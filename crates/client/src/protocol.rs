//! The messages between a page and the worker that holds the keys.
//!
//! A page sends a [`Request`] with a number and gets exactly one [`Reply`] with that number; [`Event`]s come at any
//! time. The page receives what it shows and no key, with the exceptions that a person must see to write down: the kit
//! and the recovery sheets. Messages are postcard bytes; files are passed beside them and never copied into a message.

use record::view::{ChartView, Demographics, PatientRow, VitalsInput};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Hexadecimal id of an account, chart or record, as the page holds it.
pub type Id = String;

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ToWorker {
    pub number: u32,
    pub request: Request,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    Reply { number: u32, reply: Result<Reply, Failure> },
    Event(Event),
}

/// What a page can ask. Passwords are zeroed by the worker after use.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// What stands on this device and on its server: decides the first page. → [`Reply::Start`]
    Start,
    /// How good a password would be. → [`Reply::Strength`]
    Strength {
        password: String,
    },
    /// Generated words of 60 bits and more. → [`Reply::Words`]
    SuggestPassword,
    /// Makes all keys, the practice and its log, and registers them. → [`Reply::Kit`], and the session is unlocked.
    CreatePractice {
        practice_name: String,
        person_name: String,
        device_name: String,
        password: String,
    },
    /// The person typed the asked groups of the code back. Until then every unlock shows the kit again. → [`Reply::Done`]
    ConfirmKit {
        groups: Vec<String>,
    },
    /// Shows the kit again (unlocked only; asks the password again). → [`Reply::Kit`] without recovery sheets
    ShowKit {
        password: String,
    },
    /// Enrols this browser as a further device with the kit's code. → [`Reply::Unlocked`], then [`Event::Sync`] tells the progress
    SignIn {
        code: String,
        password: String,
        device_name: String,
    },
    /// Opens this device. → [`Reply::Unlocked`]
    Unlock {
        account: Id,
        password: String,
    },
    /// Rows `first..first + count` of the patients that match every word of `query` (all, for an empty one),
    /// by name. → [`Reply::Patients`]
    Patients {
        query: String,
        first: u32,
        count: u32,
    },
    /// → [`Reply::Chart`]
    Chart {
        chart: Id,
    },
    /// → [`Reply::Saved`] after it is sealed and durable on this device, as all that save.
    AddPatient {
        demographics: Demographics,
    },
    SaveDemographics {
        chart: Id,
        record: Id,
        demographics: Demographics,
    },
    SaveNote {
        chart: Id,
        title: String,
        text: String,
    },
    /// `confirmed`: the person has seen the unusual values and says that they are right.
    SaveVitals {
        chart: Id,
        vitals: VitalsInput,
        confirmed: bool,
    },
    /// Chooses one value a conflicting field; ordinary edit with all versions as parents. → [`Reply::Saved`]
    Resolve {
        chart: Id,
        record: Id,
        choices: Vec<(String, u32)>,
    },
    /// Reads the files given beside the message and says what is in them; nothing is stored. → [`Reply::Preview`]
    PreviewImport,
    /// Imports the previewed files. [`Event::Import`] tells the progress. → [`Reply::Imported`]
    Import,
    /// Ends the running import after the batch in work; what is reported imported is durable. → [`Reply::Done`]
    CancelImport,
    /// One patient (or all: `None`) as a FHIR collection Bundle; JSON bytes. → [`Reply::File`]
    Export {
        chart: Option<Id>,
    },
    /// → [`Reply::Device`]
    Device,
    /// How long this device opens without its server (hours, 0: never). Needs a strong passphrase. → [`Reply::Device`]
    SetOfflineHours {
        hours: u32,
        password: String,
    },
    /// Takes the session over from another tab of this browser, which locks. → [`Reply::Done`], then ask [`Request::Start`]
    TakeOver,
    /// Looks for the server now instead of at the next beat. → [`Reply::Done`]
    SyncNow,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    Done,
    Start(Start),
    Strength(Strength),
    Words(String),
    Kit(Kit),
    Unlocked(Session),
    Patients(Patients),
    Chart(Box<ChartView>),
    Saved(Saved),
    Preview(Preview),
    Imported(ImportReport),
    File { name: String, bytes: Vec<u8> },
    Device(DeviceInfo),
}

/// What the first page needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// The server is there and has no practice.
    Create,
    /// The server has a practice, this browser is not enrolled.
    SignIn,
    /// Enrolled: one tile a person. `server_there`: the server answered just now.
    Locked { people: Vec<Person>, server_there: bool },
    /// Not enrolled, and no server to enrol with.
    NoServer,
    /// This device belongs to another practice than this server: nothing was sent.
    WrongServer,
    /// Another tab of this browser is open and unlocked.
    OtherTab,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub account: Id,
    /// A label that this device may show while locked; set by the person, empty by default.
    pub label: String,
    /// Whole hours for which this device still opens without the server; 0: online unlock only.
    pub offline_hours_left: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// 0 (very weak) to 4 (strong).
    pub score: u8,
    /// Estimated bits.
    pub bits: u32,
    /// Enough (60 bits) for offline unlock.
    pub offline_ok: bool,
    /// Enough to be accepted at all.
    pub accepted: bool,
}

/// The kit, to be printed, saved and confirmed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kit {
    pub practice_name: String,
    pub person_name: String,
    /// The code in its groups.
    pub groups: Vec<String>,
    /// What the QR code holds.
    pub qr: String,
    pub server: String,
    /// Words of the practice's fingerprint.
    pub practice_words: String,
    /// Indexes of the groups to type back; empty if already confirmed.
    pub confirm: Vec<u32>,
    /// Recovery sheets, only when the practice is made.
    pub sheets: Vec<Sheet>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// 1-based number.
    pub number: u32,
    pub of: u32,
    pub needed: u32,
    pub code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub practice_name: String,
    pub person_name: String,
    pub device_name: String,
    /// The kit was never confirmed: show it again before anything else.
    pub kit_to_confirm: bool,
    /// The page locks after so many idle minutes.
    pub lock_after_min: u32,
    /// For a new device: words of the log's head to compare with another device; empty otherwise.
    pub head_words: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patients {
    /// How many match in all.
    pub total: u32,
    pub first: u32,
    pub rows: Vec<PatientRow>,
    /// The index was still being built when this was answered: ask again on [`Event::Changed`].
    pub building: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Saved {
    /// Sealed and durable on this device.
    Here { chart: Id },
    /// Not saved: values that want a second look (field name, value). Ask again with `confirmed`.
    Unusual(Vec<Unusual>),
    /// Not saved: the field and what is wrong with it.
    Refused(Vec<FieldError>),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unusual {
    pub field: String,
    pub value: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub error: FieldFault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldFault {
    Required,
    NotANumber,
    NotADate,
    InFuture,
    NotACode,
    TooLong,
    /// A number that the sign cannot have.
    Impossible,
    /// The other half of a blood pressure is missing.
    Incomplete,
    /// Characters that cannot be kept.
    BadText,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    pub files: u32,
    pub patients: u32,
    /// Resource type and count, most frequent first; `shown` is false for "kept but not shown".
    pub types: Vec<TypeCount>,
    pub skipped: Vec<Skip>,
    /// Files that cannot be read at all.
    pub refused: Vec<Refused>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeCount {
    pub resource_type: String,
    pub count: u32,
    pub shown: bool,
}

/// One entry that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    pub file: String,
    /// 1-based position in the file.
    pub entry: u32,
    /// Stable code of the reason; the page translates it.
    pub reason: String,
}

/// One file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub file: String,
    /// Stable code of the reason; the page translates it.
    pub reason: String,
    /// Line and column, for broken JSON; 0 if unknown.
    pub line: u32,
    pub column: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    pub cancelled: bool,
    /// Entries sealed and durable on this device now.
    pub imported: u32,
    /// Entries that were here already, the same.
    pub unchanged: u32,
    /// Of the imported, those kept but not shown.
    pub not_shown: u32,
    pub types: Vec<TypeCount>,
    pub skipped: Vec<Skip>,
    pub refused: Vec<Refused>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceInfo {
    pub practice_name: String,
    pub practice_words: String,
    pub person_name: String,
    pub device_name: String,
    pub server: String,
    pub patients: u32,
    pub records: u32,
    pub waiting: u32,
    /// Bytes of sealed data here.
    pub bytes: u64,
    pub devices: Vec<String>,
    pub offline_hours: u32,
    /// Milliseconds since 1970 when the offline lease ends; 0 without one.
    pub offline_until_ms: u64,
    /// The browser promised not to evict the data.
    pub persistent: bool,
}

/// What the page is told unasked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    Sync(SyncState),
    /// Patients or a chart changed (here or elsewhere): ask again for what is shown.
    Changed {
        charts: Vec<Id>,
    },
    Import(ImportProgress),
    /// Something was refused and kept aside; the page shows it.
    Alarm(Alarm),
    /// Another tab took over: this one is locked.
    TakenOver,
}

/// What the header shows; always exactly one of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SyncState {
    /// The server is out of reach since then; `waiting` edits are sealed here.
    Offline { since_ms: u64, waiting: u32 },
    /// Reaching for the server or sending.
    Sending { waiting: u32 },
    /// Fetching; `done` of `total` commits if known (0: unknown).
    Receiving { done: u64, total: u64 },
    /// Everything is on the server.
    Synced { at_ms: u64 },
    /// Sealed here; could not be sent for a reason other than the network.
    Stuck { waiting: u32, why: Failure },
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProgress {
    pub done: u32,
    pub total: u32,
    pub file: String,
}

/// What the server (or the disk) did that an honest one does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Alarm {
    /// An envelope's bytes are not those that its author signed. What was here is kept.
    EnvelopeAltered { chart: Id },
    /// An envelope stands under another chart or author than its own.
    EnvelopeMisplaced { chart: Id },
    /// A commit that others saw, or an envelope that a commit lists, is not handed out.
    Withheld { count: u32 },
    /// The server offers an older or another history than it showed before.
    RolledBack,
    /// A commit with a wrong signature, or of a device that the practice does not have.
    Forged,
    /// The membership log does not continue the one known here.
    LogForked,
    /// The clock of this device and of the server differ by so many minutes.
    ClockOff { minutes: i64 },
    /// Stored data here was damaged; it was fetched again from the server.
    Repaired { count: u32 },
    /// Stored data here is damaged and the server cannot be asked now.
    Damaged { count: u32 },
    /// The browser's storage is nearly or entirely full.
    StorageFull,
}
