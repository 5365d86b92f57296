//! Words for what the worker says: failures, faults of fields, alarms. One place, so that every page says the same.

use client::{
    failure::Failure,
    protocol::{Alarm, FieldFault},
};

use crate::{format, i18n::*};

/// Why a request failed and what to do.
pub fn failure(failure: Failure, locale: Locale) -> String {
    match failure {
        Failure::WrongPassword => td_string!(locale, common.failure.wrong_password).into(),
        Failure::KitMistyped { group: 0 } => td_string!(locale, common.failure.kit_mistyped).into(),
        Failure::KitMistyped { group } => td_string!(locale, common.failure.kit_mistyped_group, group = group),
        Failure::WeakPassword => td_string!(locale, common.failure.weak_password).into(),
        Failure::Empty => td_string!(locale, common.failure.empty).into(),
        Failure::TooManyTries { seconds } => td_string!(locale, common.failure.too_many_tries, count = seconds),
        Failure::ServerUnreachable => td_string!(locale, common.failure.server_unreachable).into(),
        Failure::ServerConfused => td_string!(locale, common.failure.server_confused).into(),
        Failure::ServerFailed => td_string!(locale, common.failure.server_failed).into(),
        Failure::KdfTooWeak => td_string!(locale, common.failure.kdf_too_weak).into(),
        Failure::KdfTooCostly => td_string!(locale, common.failure.kdf_too_costly).into(),
        Failure::WrongServer => td_string!(locale, common.failure.wrong_server).into(),
        Failure::PracticeExists => td_string!(locale, common.failure.practice_exists).into(),
        Failure::NewerVersion => td_string!(locale, common.failure.newer_version).into(),
        Failure::Unverified => td_string!(locale, common.failure.unverified).into(),
        Failure::OfflineEnded => td_string!(locale, common.failure.offline_ended).into(),
        Failure::DeviceRevoked => td_string!(locale, common.failure.device_revoked).into(),
        Failure::NoStorage => td_string!(locale, common.failure.no_storage).into(),
        Failure::StorageFull => td_string!(locale, common.failure.storage_full).into(),
        Failure::StorageFailed => td_string!(locale, common.failure.storage_failed).into(),
        Failure::Damaged => td_string!(locale, common.failure.damaged).into(),
        Failure::Locked => td_string!(locale, common.failure.locked).into(),
        Failure::OtherTab => td_string!(locale, common.failure.other_tab).into(),
        Failure::InsecureContext => td_string!(locale, common.failure.insecure_context).into(),
        Failure::NotFound => td_string!(locale, common.failure.not_found).into(),
        Failure::Changed => td_string!(locale, common.failure.changed).into(),
        Failure::Busy => td_string!(locale, common.failure.busy).into(),
        Failure::FileUnreadable => td_string!(locale, common.failure.file_unreadable).into(),
        Failure::Internal => td_string!(locale, common.failure.internal).into(),
    }
}

/// What is wrong with a field.
pub fn fault(fault: FieldFault, locale: Locale) -> &'static str {
    match fault {
        FieldFault::Required => td_string!(locale, common.required),
        FieldFault::NotANumber => td_string!(locale, common.fault.not_a_number),
        FieldFault::NotADate => td_string!(locale, common.fault.not_a_date),
        FieldFault::InFuture => td_string!(locale, common.fault.in_future),
        FieldFault::NotACode => td_string!(locale, common.fault.not_a_code),
        FieldFault::Impossible => td_string!(locale, common.fault.impossible),
        FieldFault::Incomplete => td_string!(locale, common.fault.incomplete),
        FieldFault::BadText => td_string!(locale, common.fault.bad_text),
        FieldFault::TooLong => td_string!(locale, common.fault.too_long),
    }
}

/// What happened, and what it means and what to do.
pub fn alarm(alarm: &Alarm, locale: Locale) -> (String, &'static str) {
    match *alarm {
        Alarm::EnvelopeAltered { .. } => (
            td_string!(locale, common.alarm.envelope_altered).into(),
            td_string!(locale, common.alarm.envelope_altered_text),
        ),
        Alarm::EnvelopeMisplaced { .. } => (
            td_string!(locale, common.alarm.envelope_misplaced).into(),
            td_string!(locale, common.alarm.envelope_misplaced_text),
        ),
        Alarm::Withheld { count } => {
            (td_string!(locale, common.alarm.withheld, count = count), td_string!(locale, common.alarm.withheld_text))
        }
        Alarm::RolledBack => {
            (td_string!(locale, common.alarm.rolled_back).into(), td_string!(locale, common.alarm.rolled_back_text))
        }
        Alarm::Forged => (td_string!(locale, common.alarm.forged).into(), td_string!(locale, common.alarm.forged_text)),
        Alarm::LogForked => {
            (td_string!(locale, common.alarm.log_forked).into(), td_string!(locale, common.alarm.log_forked_text))
        }
        Alarm::ClockOff { minutes } => (
            td_string!(locale, common.alarm.clock_off, count = minutes.unsigned_abs()),
            td_string!(locale, common.alarm.clock_off_text),
        ),
        Alarm::Repaired { count } => {
            (td_string!(locale, common.alarm.repaired, count = count), td_string!(locale, common.alarm.repaired_text))
        }
        Alarm::Damaged { count } => {
            (td_string!(locale, common.alarm.damaged, count = count), td_string!(locale, common.alarm.damaged_text))
        }
        Alarm::StorageFull => {
            (td_string!(locale, common.alarm.storage_full).into(), td_string!(locale, common.alarm.storage_full_text))
        }
    }
}

/// Whether an alarm is about an attack or a loss, not about an inconvenience.
pub fn is_grave(alarm: &Alarm) -> bool {
    !matches!(alarm, Alarm::ClockOff { .. } | Alarm::Repaired { .. })
}

/// FHIR administrative gender in a word; as recorded if it is none.
pub fn sex(code: &str, locale: Locale) -> String {
    match code {
        "male" => td_string!(locale, common.sex.male).into(),
        "female" => td_string!(locale, common.sex.female).into(),
        "other" => td_string!(locale, common.sex.other).into(),
        "unknown" => td_string!(locale, common.sex.unknown).into(),
        recorded => recorded.to_owned(),
    }
}

/// The same, for a list.
pub fn sex_short(code: &str, locale: Locale) -> String {
    match code {
        "male" => td_string!(locale, common.sex_short.male).into(),
        "female" => td_string!(locale, common.sex_short.female).into(),
        "other" => td_string!(locale, common.sex_short.other).into(),
        "unknown" => td_string!(locale, common.sex_short.unknown).into(),
        recorded => recorded.to_owned(),
    }
}

/// `2 min ago`, or the moment itself if it is a day or more away.
pub fn ago(at_ms: f64, now_ms: f64, locale: Locale) -> String {
    let minutes = ((now_ms - at_ms) / 60_000.0).max(0.0) as u64;
    match minutes {
        0 => td_string!(locale, common.sync.ago_now).into(),
        1..60 => td_string!(locale, common.sync.ago_minutes, count = minutes),
        60..1440 => td_string!(locale, common.sync.ago_hours, count = minutes / 60),
        _ => td_string!(locale, common.sync.at, when = format::instant(at_ms, locale)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_count_in_the_singular_where_the_language_does() {
        assert_eq!(
            failure(Failure::TooManyTries { seconds: 1 }, Locale::en),
            "Too many tries. Wait 1 second, then try again."
        );
        assert_eq!(
            failure(Failure::TooManyTries { seconds: 5 }, Locale::fr),
            "Trop d’essais. Attendez 5 secondes, puis réessayez."
        );
    }

    #[test]
    fn the_group_with_the_typing_error_is_named_if_it_is_known() {
        assert!(failure(Failure::KitMistyped { group: 3 }, Locale::en).contains("group 3"));
        assert!(!failure(Failure::KitMistyped { group: 0 }, Locale::en).contains('0'));
    }

    #[test]
    fn the_time_since_is_said_in_minutes_then_hours() {
        let now = 1_000_000_000.0;
        assert_eq!(ago(now, now, Locale::en), "just now");
        assert_eq!(ago(now - 120_000.0, now, Locale::en), "2 min ago");
        assert_eq!(ago(now - 7_200_000.0, now, Locale::fr), "il y a 2 h");
        assert_eq!(ago(now + 60_000.0, now, Locale::en), "just now");
    }
}
