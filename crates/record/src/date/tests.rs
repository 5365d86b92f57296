use super::*;

#[test]
fn only_days_of_the_calendar_are_dates() {
    for real in ["1979", "1979-06", "1979-06-02", "2000-02-29", "2024-02-29"] {
        assert!(Date::parse(real).is_some(), "{real}");
    }
    for wrong in [
        "",
        "79",
        "1979-13",
        "1979-00",
        "1979-06-31",
        "1900-02-29",
        "2023-02-29",
        "1979-6-2",
        "1979-06-02-01",
        "+979-01-01",
        "02.06.1979",
        "1979-06-02T00:00:00Z",
    ] {
        assert!(Date::parse(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn instants_fall_on_the_axis_where_they_belong() {
    assert_eq!(to_ms("1970-01-01"), Some(0));
    assert_eq!(to_ms("2015-02-07T13:28:17.239+02:00"), Some(1_423_308_497_239));
    assert_eq!(to_ms("2015-02-07T11:28:17.239Z"), Some(1_423_308_497_239));
    assert_eq!(to_ms("2015-02-07T06:28:17-05:00"), Some(1_423_308_497_000));
    assert_eq!(to_ms("1969-12-31T23:59Z"), Some(-60_000));
    assert_eq!(to_ms("2000-03-01"), Some(951_868_800_000));
    assert_eq!(to_ms("2024"), Some(1_704_067_200_000));
    for wrong in [
        "",
        "T",
        "2015-02T10:00:00Z",
        "2015-02-07T25:00:00Z",
        "2015-02-07Tmorning",
        "gestern",
        "2015-02-07T10:00:00+",
        "2015-02-07T10:00:00+é:00",
    ] {
        assert_eq!(to_ms(wrong), None, "{wrong}");
    }
}

#[test]
fn a_partial_date_is_after_another_only_if_all_of_it_is() {
    let after = |a, b| Date::parse(a).unwrap().is_after(&Date::parse(b).unwrap());
    assert!(after("2025-01-02", "2025-01-01"));
    assert!(after("2026", "2025-12-31"));
    assert!(!after("2025", "2025-01-01"));
    assert!(!after("2025-06", "2025-06-01"));
    assert!(!after("2025-01-01", "2025-01-01"));
}

#[test]
fn what_cannot_be_placed_comes_last() {
    let mut times = ["2020", "long ago", "2021-05-01T10:00:00Z", "2021-05-01"];
    times.sort_by(|a, b| newest_first(a, b));
    assert_eq!(times, ["2021-05-01T10:00:00Z", "2021-05-01", "2020", "long ago"]);
}
