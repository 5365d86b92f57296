//! What a full, failing or damaged disk gets.

mod support;

use client::{
    failure::Failure,
    memory::MemoryFile,
    ports::{StoreError, Table},
    protocol::{Alarm, Reply, Request},
};
use support::{Device, Server, bundle};

#[tokio::test]
async fn a_full_disk_is_told_and_what_was_saved_stays() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    device.import("a.json", &bundle()).await;
    let chart = device.patients("").await.rows[0].chart.clone();
    device.note(&chart, "Before.").await;
    device.disk.fail_next.set(Some(StoreError::Full));
    let note = || Request::SaveNote { chart: chart.clone(), title: "Visit".into(), text: "After.".into() };
    assert_eq!(device.ask(note()).await.err(), Some(Failure::StorageFull));
    assert!(device.alarms().contains(&Alarm::StorageFull));
    assert_eq!(device.chart(&chart).await.notes.len(), 1);
    // Room again: the chain goes on where it stood, and the server takes it.
    assert!(device.ask(note()).await.is_ok());
    device.engine.step().await;
    let device = device.reboot();
    device.unlock().await.unwrap();
    assert_eq!(device.chart(&chart).await.notes.len(), 2);
}

#[tokio::test]
async fn without_storage_nothing_is_created_on_the_server() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.disk.absent.set(true);
    assert_eq!(device.ask(Request::Start).await.err(), Some(Failure::NoStorage));
    let create = Request::CreatePractice {
        practice_name: "A".into(),
        person_name: "B".into(),
        device_name: "C".into(),
        password: support::PASSWORD.into(),
    };
    assert_eq!(device.ask(create).await.err(), Some(Failure::NoStorage));
    let other = Device::new(&server, 2);
    assert!(matches!(other.ask(Request::Start).await, Ok(Reply::Start(client::protocol::Start::Create))));
}

#[tokio::test]
async fn a_damaged_pack_is_fetched_again() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    device.import("a.json", &bundle()).await;
    device.engine.step().await;
    let chart = device.patients("").await.rows[0].chart.clone();
    let before = device.chart(&chart).await;
    let device = device.reboot();
    device.unlock().await.unwrap();
    device.disk.edit(Table::Packs, |_, pack| {
        let middle = pack.len() / 2;
        pack[middle] ^= 0xff;
        let end = pack.len() - 200;
        pack[end] ^= 0xff;
    });
    assert_eq!(device.chart(&chart).await, before);
    assert!(device.alarms().contains(&Alarm::Repaired { count: 1 }), "{:?}", device.alarms());
}

#[tokio::test]
async fn a_changed_directory_index_or_state_is_not_believed() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    device.import("a.json", &bundle()).await;
    device.engine.step().await;
    let device = device.reboot();
    device.disk.edit(Table::Index, |_, value| *value.last_mut().unwrap() ^= 1);
    device.unlock().await.unwrap();
    assert!(device.alarms().iter().any(|alarm| matches!(alarm, Alarm::Damaged { .. } | Alarm::Repaired { .. })));
    assert_eq!(device.patients("").await.total, 1, "the index is built again from the records");
}

#[tokio::test]
async fn a_stolen_disk_with_the_right_password_but_no_share_opens_nothing() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    device.import("a.json", &bundle()).await;
    let device = device.reboot();
    device.wire.cut.set(true);
    assert_eq!(device.unlock().await.err(), Some(Failure::OfflineEnded));
    assert_eq!(
        device.ask(Request::Patients { query: String::new(), first: 0, count: 1 }).await.err(),
        Some(Failure::Locked)
    );
}

#[tokio::test]
async fn a_file_that_is_no_fhir_is_refused_with_its_reason_and_the_others_are_read() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    let file = |name: &str, bytes: &[u8]| MemoryFile { name: name.into(), bytes: bytes.to_vec() };
    let files = vec![
        file("good.json", &bundle()),
        file("broken.json", b"{\"resourceType\":\"Patient\","),
        file("other.json", b"{\"hello\":1}"),
        file("bom.json", &[b"\xef\xbb\xbf".as_slice(), &bundle()].concat()),
    ];
    let Ok(Reply::Preview(preview)) = device.engine.handle(Request::PreviewImport, files).await else {
        panic!("no preview")
    };
    let reasons: Vec<&str> = preview.refused.iter().map(|refused| refused.reason.as_str()).collect();
    assert_eq!(reasons, ["truncated", "not-fhir"]);
    assert_eq!(preview.patients, 2);
    let Ok(Reply::Imported(report)) = device.ask(Request::Import).await else { panic!("not imported") };
    assert_eq!((report.imported, report.unchanged, report.refused.len()), (2, 2, 2));
}

#[tokio::test]
async fn damaged_directories_are_made_again_from_what_is_signed() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    device.import("a.json", &bundle()).await;
    device.engine.step().await;
    let chart = device.patients("").await.rows[0].chart.clone();
    let before = device.chart(&chart).await;
    let device = device.reboot();
    device.disk.edit(Table::Directories, |_, value| *value.last_mut().unwrap() ^= 1);
    device.unlock().await.unwrap();
    assert_eq!(device.chart(&chart).await, before);
    device.note(&chart, "After the repair.").await;
    device.engine.step().await;
    let device = device.reboot();
    device.unlock().await.unwrap();
    assert_eq!(device.chart(&chart).await.notes.len(), 1);
    assert!(device.alarms().is_empty(), "it is repaired once: {:?}", device.alarms());
}

#[tokio::test]
async fn a_lost_own_pack_comes_back_before_anything_is_signed_again() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    device.import("a.json", &bundle()).await;
    let chart = device.patients("").await.rows[0].chart.clone();
    device.note(&chart, "First.").await;
    device.engine.step().await;
    let device = device.reboot();
    device.disk.remove_last(Table::Packs);
    device.disk.remove_last(Table::Directories);
    device.unlock().await.unwrap();
    let note = Request::SaveNote { chart: chart.clone(), title: "Visit".into(), text: "Second.".into() };
    assert_eq!(device.ask(note.clone()).await.err(), Some(Failure::Damaged), "not with a number that is taken");
    device.engine.step().await;
    assert!(device.ask(note).await.is_ok());
    device.engine.step().await;
    assert_eq!(device.chart(&chart).await.notes.len(), 2);
    assert!(
        matches!(device.sync_state(), Some(client::protocol::SyncState::Synced { .. })),
        "{:?}",
        device.sync_state()
    );
}

#[tokio::test]
async fn a_commit_that_was_damaged_before_it_was_sent_is_not_sent() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    device.engine.step().await;
    device.wire.cut.set(true);
    device.import("a.json", &bundle()).await;
    let device = device.reboot();
    device.wire.cut.set(false);
    device.unlock().await.unwrap();
    device.disk.edit(Table::Packs, |_, pack| {
        // Inside the first envelope.
        let at = pack.len() / 4;
        pack[at] ^= 0xff;
    });
    device.engine.step().await;
    assert!(device.alarms().contains(&Alarm::Damaged { count: 1 }), "{:?}", device.alarms());
}

#[tokio::test]
async fn an_expired_lease_leaves_no_share_on_the_disk() {
    let server = Server::start().await;
    let device = Device::new(&server, 1);
    device.create_practice().await;
    let lease = Request::SetOfflineHours { hours: 1, password: support::PASSWORD.into() };
    device.ask(lease).await.unwrap();
    let rows = |device: &Device| device.disk.bytes().len();
    let with_share = rows(&device);
    let device = device.reboot();
    device.clock.0.set(device.clock.0.get() + 3_600_001);
    device.wire.cut.set(true);
    assert_eq!(device.unlock().await.err(), Some(Failure::OfflineEnded));
    assert!(rows(&device) <= with_share - 32, "the share is gone");
}
