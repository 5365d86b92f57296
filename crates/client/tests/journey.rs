//! The main journey, natively: create, import, read, write, offline, second device, lock.

mod support;

use client::{
    failure::Failure,
    protocol::{Reply, Request, Saved, Start, SyncState},
};
use record::view::{Allergies, Demographics};
use support::{Device, PASSWORD, Server, bundle, contains};

#[tokio::test]
async fn a_practice_is_created_once_and_then_offers_sign_in() {
    let server = Server::start().await;
    let first = Device::new(&server, 1);
    assert!(matches!(first.ask(Request::Start).await, Ok(Reply::Start(Start::Create))));
    let kit = first.create_practice().await;
    assert_eq!(kit.sheets.len(), 3);
    assert_eq!(kit.practice_words.split_whitespace().count(), 6);
    let second = Device::new(&server, 2);
    assert!(matches!(second.ask(Request::Start).await, Ok(Reply::Start(Start::SignIn))));
    let again = Request::CreatePractice {
        practice_name: "Other".into(),
        person_name: "Other".into(),
        device_name: "Other".into(),
        password: PASSWORD.into(),
    };
    assert!(matches!(second.ask(again).await, Err(Failure::PracticeExists)));
}

#[tokio::test]
async fn the_kit_is_confirmed_by_typing_its_groups() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    let kit = device.create_practice().await;
    let groups: Vec<String> = kit.confirm.iter().map(|group| kit.groups[*group as usize].to_lowercase()).collect();
    let wrong = vec!["XXXXX".to_owned(); groups.len()];
    assert_eq!(
        device.ask(Request::ConfirmKit { groups: wrong }).await.err(),
        Some(Failure::KitMistyped { group: kit.confirm[0] + 1 })
    );
    assert!(matches!(device.ask(Request::ConfirmKit { groups }).await, Ok(Reply::Done)));
    let device = device.reboot();
    let Ok(Reply::Unlocked(session)) = device.unlock().await else { panic!("not unlocked") };
    assert!(!session.kit_to_confirm);
    assert_eq!(session.practice_name, "Mill Bridge Practice");
    assert_eq!(session.person_name, "Marisol Vega");
}

#[tokio::test]
async fn what_is_imported_is_found_and_read_and_a_second_import_changes_nothing() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    let report = device.import("a.json", &bundle()).await;
    assert_eq!((report.imported, report.unchanged), (2, 0));
    let report = device.import("a.json", &bundle()).await;
    assert_eq!((report.imported, report.unchanged), (0, 2));
    let found = device.patients("dolo quint").await;
    assert_eq!(found.total, 1);
    let chart = device.chart(&found.rows[0].chart).await;
    assert!(matches!(chart.allergies, Allergies::Known(known) if known[0].substance.text == "Penicillin"));
    assert_eq!(device.patients("nobody").await.total, 0);
}

#[tokio::test]
async fn a_second_device_sees_everything_and_edits_cross() {
    let server = Server::start().await;
    let one = Device::new(&server, 1);
    let kit = one.create_practice().await;
    one.import("a.json", &bundle()).await;
    one.engine.step().await;
    assert!(matches!(one.sync_state(), Some(SyncState::Synced { .. })));
    let two = Device::new(&server, 2);
    assert!(matches!(two.sign_in(&kit.groups.join(" ").to_lowercase()).await, Ok(Reply::Unlocked(_))));
    two.engine.step().await;
    let found = two.patients("quintanilla").await;
    assert_eq!(found.total, 1);
    let chart = found.rows[0].chart.clone();
    two.note(&chart, "Light-headed on standing.").await;
    two.engine.step().await;
    one.engine.step().await;
    assert_eq!(one.chart(&chart).await.notes[0].text, "Light-headed on standing.");
    one.engine.step().await;
    two.engine.step().await;
    assert_eq!((one.alarms(), two.alarms()), (vec![], vec![]));
}

#[tokio::test]
async fn offline_reading_writing_and_unlocking_work_and_everything_is_sent_later() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    device.import("a.json", &bundle()).await;
    device.engine.step().await;
    let lease = Request::SetOfflineHours { hours: 8, password: PASSWORD.into() };
    assert!(device.ask(lease).await.is_ok());
    let chart = device.patients("").await.rows[0].chart.clone();
    device.wire.cut.set(true);
    device.engine.step().await;
    assert!(matches!(device.sync_state(), Some(SyncState::Offline { waiting: 0, .. })));
    device.note(&chart, "Written offline.").await;
    assert!(matches!(device.sync_state(), Some(SyncState::Offline { waiting: 1, .. })));
    let device = device.reboot();
    assert!(matches!(device.unlock().await, Ok(Reply::Unlocked(_))));
    assert_eq!(device.chart(&chart).await.notes[0].text, "Written offline.");
    device.wire.cut.set(false);
    device.engine.step().await;
    assert!(matches!(device.sync_state(), Some(SyncState::Synced { .. })));
    let kit = Request::ShowKit { password: PASSWORD.into() };
    let Ok(Reply::Kit(kit)) = device.ask(kit).await else { panic!("no kit") };
    let second = Device::new(&server, 2);
    second.sign_in(&kit.qr).await.unwrap();
    second.engine.step().await;
    assert_eq!(second.chart(&chart).await.notes[0].text, "Written offline.");
}

#[tokio::test]
async fn without_a_lease_or_after_it_offline_unlock_is_refused() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    let device = device.reboot();
    device.wire.cut.set(true);
    assert_eq!(device.unlock().await.err(), Some(Failure::OfflineEnded));
    device.wire.cut.set(false);
    device.unlock().await.unwrap();
    device.ask(Request::SetOfflineHours { hours: 1, password: PASSWORD.into() }).await.unwrap();
    let device = device.reboot();
    device.wire.cut.set(true);
    assert_eq!(device.unlock_with("wrong words entirely here now").await.err(), Some(Failure::WrongPassword));
    assert!(device.unlock().await.is_ok());
    let device = device.reboot();
    device.clock.0.set(device.clock.0.get() - 3_600_000);
    assert_eq!(device.unlock().await.err(), Some(Failure::OfflineEnded), "the clock stepped back");
    device.clock.0.set(device.clock.0.get() + 3_600_000);
    assert_eq!(device.unlock().await.err(), Some(Failure::OfflineEnded), "the share was deleted then");
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_secret_key_get_the_same_answer() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    let kit = device.create_practice().await;
    let device = device.reboot();
    assert_eq!(device.unlock_with("not the password").await.err(), Some(Failure::WrongPassword));
    // A well-formed kit of somebody else.
    let other_server = Server::start().await;
    let other = Device::new(&other_server, 9).create_practice().await;
    let fresh = Device::new(&server, 3);
    assert_eq!(fresh.sign_in(&other.groups.join("-")).await.err(), Some(Failure::WrongPassword));
    let mut typed = kit.groups.clone();
    typed[2] = typed[2].chars().rev().collect();
    assert!(matches!(fresh.sign_in(&typed.join("-")).await.err(), Some(Failure::KitMistyped { .. })));
}

/// An edit of demographics, made on what the device shows now.
async fn edit(device: &Device, chart: &str, change: fn(&mut Demographics)) -> Request {
    let mut view = device.chart(chart).await;
    change(&mut view.demographics);
    Request::SaveDemographics { chart: chart.into(), record: view.patient.record, demographics: view.demographics }
}

#[tokio::test]
async fn two_devices_edit_the_same_patient_offline_and_both_edits_stay() {
    let server = Server::start().await;
    let one = Device::new(&server, 1);
    let kit = one.create_practice().await;
    one.import("a.json", &bundle()).await;
    one.engine.step().await;
    let two = Device::new(&server, 2);
    two.sign_in(&kit.groups.join("-")).await.unwrap();
    two.engine.step().await;
    let chart = one.patients("").await.rows[0].chart.clone();
    // Different fields: both win. The same field: both are kept and flagged.
    let request = edit(&one, &chart, |patient| (patient.phone, patient.city) = ("111".into(), "Oslo".into())).await;
    one.ask(request).await.unwrap();
    let request =
        edit(&two, &chart, |patient| (patient.email, patient.city) = ("a@b.example".into(), "Bergen".into())).await;
    two.ask(request).await.unwrap();
    for device in [&one, &two, &one] {
        device.engine.step().await;
    }
    let (here, there) = (one.chart(&chart).await, two.chart(&chart).await);
    assert_eq!(here, there, "devices converge");
    assert_eq!((here.demographics.phone.as_str(), here.demographics.email.as_str()), ("111", "a@b.example"));
    assert_eq!(here.conflicts.len(), 1);
    let field = &here.conflicts[0].fields[0];
    let mut values = field.values.clone();
    values.sort();
    assert!(values[0].contains("Bergen") && values[1].contains("Oslo"), "{values:?}");
    assert!(one.patients("").await.rows[0].to_review);
    // A person decides; then one version stands everywhere.
    let bergen = field.values.iter().position(|value| value.contains("Bergen")).unwrap() as u32;
    let choices = here.conflicts[0].fields.iter().map(|field| (field.path.clone(), bergen)).collect();
    let resolve = Request::Resolve { chart: chart.clone(), record: here.patient.record.clone(), choices };
    assert!(matches!(one.ask(resolve).await, Ok(Reply::Saved(Saved::Here { .. }))));
    one.engine.step().await;
    two.engine.step().await;
    let after = two.chart(&chart).await;
    assert!(after.conflicts.is_empty());
    assert_eq!((after.demographics.city.as_str(), after.demographics.phone.as_str()), ("Bergen", "111"));
    assert!(!two.patients("").await.rows[0].to_review);
}

#[tokio::test]
async fn no_plaintext_leaves_the_device_or_rests_on_it() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    let kit = device.create_practice().await;
    device.import("a.json", &bundle()).await;
    let chart = device.patients("").await.rows[0].chart.clone();
    device.note(&chart, "Zebrafish observation").await;
    device.engine.step().await;
    let places = [server.bytes(), device.disk.bytes(), device.wire.seen.borrow().clone()];
    for needle in
        ["Quintanilla", "Dolores", "Penicillin", "Zebrafish", "Mill Bridge", "Marisol", "Tablet one", "staple magnet"]
    {
        for (number, place) in places.iter().enumerate() {
            assert!(!contains(place, needle), "{needle} stands in place {number}");
        }
    }
    // The same search finds what does stand there in the clear, so it would have found the others.
    let account = kit_account(&kit);
    assert!(places.iter().all(|place| place.windows(16).any(|window| window == account)));
}

/// The account id, which the server knows and the disk holds.
fn kit_account(kit: &client::protocol::Kit) -> [u8; 16] {
    *vault::Kit::parse(&kit.groups.join("-")).unwrap().account.as_bytes()
}

#[tokio::test]
async fn a_lost_session_is_renewed_without_the_password() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    server.restart().await;
    device.import("a.json", &bundle()).await;
    device.engine.step().await;
    assert!(matches!(device.sync_state(), Some(SyncState::Synced { .. })), "{:?}", device.sync_state());
}

#[tokio::test]
async fn a_cancelled_or_interrupted_import_keeps_what_it_reported() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    let entries: Vec<Vec<u8>> = record::generate::patients(7, 1200).map(|entry| entry.to_body()).collect();
    let file = record::export::bundle(entries.iter().map(Vec::as_slice));
    let report = device.import("many.json", &file).await;
    assert_eq!(report.imported, 1200);
    // The worker dies: everything confirmed is there, and the rest can be imported again.
    let device = device.reboot();
    device.unlock().await.unwrap();
    assert_eq!(device.patients("").await.total, 1200);
    let again = device.import("many.json", &file).await;
    assert_eq!((again.imported, again.unchanged), (0, 1200));
}

#[tokio::test]
async fn a_worker_that_dies_while_the_practice_is_created_can_go_on() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    // The answer to the founding is lost; the server has the practice.
    *device.wire.lose.borrow_mut() = Some("/v1/practice".into());
    let create = Request::CreatePractice {
        practice_name: "Mill Bridge".into(),
        person_name: "Marisol".into(),
        device_name: "Tablet".into(),
        password: PASSWORD.into(),
    };
    assert_eq!(device.ask(create).await.err(), Some(Failure::ServerUnreachable));
    let device = device.reboot();
    let Ok(Reply::Unlocked(session)) = device.unlock().await else { panic!("not unlocked") };
    assert!(session.kit_to_confirm);
    assert_eq!(device.import("a.json", &bundle()).await.imported, 2);
}

#[tokio::test]
async fn kit_and_sheets_are_shown_again_until_they_are_confirmed() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    let first = device.create_practice().await;
    let device = device.reboot();
    device.unlock().await.unwrap();
    let Ok(Reply::Kit(kit)) = device.ask(Request::ShowKit { password: PASSWORD.into() }).await else {
        panic!("no kit")
    };
    assert!(kit.groups == first.groups && kit.sheets == first.sheets && kit.sheets.len() == 3);
    let groups = kit.confirm.iter().map(|group| kit.groups[*group as usize].clone()).collect();
    device.ask(Request::ConfirmKit { groups }).await.unwrap();
    let Ok(Reply::Kit(kit)) = device.ask(Request::ShowKit { password: PASSWORD.into() }).await else {
        panic!("no kit")
    };
    assert!(kit.sheets.is_empty() && kit.confirm.is_empty());
}
