use super::*;

#[test]
fn parameters_below_the_floor_are_refused() {
    let floor = Kdf::FLOOR;
    for low in [
        Kdf { memory_kib: floor.memory_kib - 1, ..floor },
        Kdf { passes: floor.passes - 1, ..floor },
        Kdf { lanes: 0, ..floor },
    ] {
        assert_eq!(low.check(), Err(Error::KdfBelowFloor));
        assert_eq!(low.stretch(b"x", &[0; 32]).unwrap_err(), Error::KdfBelowFloor);
    }
}

#[test]
fn parameters_above_the_ceiling_are_refused() {
    let ceiling = Kdf::CEILING;
    for high in [
        Kdf { memory_kib: ceiling.memory_kib + 1, ..ceiling },
        Kdf { passes: ceiling.passes + 1, ..ceiling },
        Kdf { lanes: ceiling.lanes + 1, ..ceiling },
    ] {
        assert_eq!(high.check(), Err(Error::KdfAboveCeiling));
    }
    assert_eq!(Kdf::FLOOR.check(), Ok(()));
    assert_eq!(ceiling.check(), Ok(()));
}

#[test]
fn parameters_only_rise() {
    let higher = Kdf { passes: 4, ..Kdf::FLOOR };
    assert!(higher.may_replace(&Kdf::FLOOR));
    assert!(Kdf::FLOOR.may_replace(&Kdf::FLOOR));
    assert!(!Kdf::FLOOR.may_replace(&higher));
    let mixed = Kdf { memory_kib: 128 * 1024, passes: 3, lanes: 1 };
    assert!(!mixed.may_replace(&higher), "more memory does not buy fewer passes");
}
