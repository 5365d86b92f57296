use std::time::Duration;

use axum::body::BodyDataStream;
use futures::StreamExt;
use tower::ServiceExt;
use wire::AppendLog;

use crate::support::{Commit, Device, Site, entry, get, on_both_stores};

on_both_stores!(
    a_stream_begins_with_the_present_state,
    news_arrives_after_a_push_and_an_append,
    a_beat_shows_that_the_server_is_there,
    a_stream_ends_with_its_session,
    a_stream_ends_when_the_device_is_revoked,
    streams_end_when_the_server_closes,
);

/// Generous: nothing here waits so long unless it is broken.
const PATIENCE: Duration = Duration::from_secs(20);

struct Events(BodyDataStream);

impl Events {
    async fn of(site: &Site, device: &Device) -> Self {
        let router = api::router(site.api.clone());
        let response = router.oneshot(get("/v1/events", device.cookie.as_deref())).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(response.into_body().into_data_stream())
    }

    async fn next(&mut self) -> Option<String> {
        let chunk = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("an event or the end")?;
        Some(String::from_utf8(chunk.unwrap().to_vec()).unwrap())
    }

    async fn next_news(&mut self) -> Option<String> {
        loop {
            let event = self.next().await?;
            if let Some(news) = event.strip_prefix("event: news\ndata: ") {
                return Some(news.trim_end().to_owned());
            }
        }
    }
}

async fn a_stream_begins_with_the_present_state(site: Site) {
    let device = Device::founder(&site).await;
    device.push(&site, &[Commit::new(1, "a", 1, 10), Commit::new(2, "a", 1, 10)]).await.success();
    let mut events = Events::of(&site, &device).await;
    assert_eq!(events.next().await.unwrap(), "event: news\ndata: 2 2\n\n");
}

async fn news_arrives_after_a_push_and_an_append(site: Site) {
    let device = Device::founder(&site).await;
    let mut events = Events::of(&site, &device).await;
    assert_eq!(events.next_news().await.unwrap(), "0 2");
    device.push(&site, &[Commit::new(1, "a", 1, 10)]).await.success();
    assert_eq!(events.next_news().await.unwrap(), "1 2");
    let append = AppendLog { prev: entry(b"clinical").hash, entry: entry(b"new"), register_device: None };
    device.append(&site, &append).await.success();
    assert_eq!(events.next_news().await.unwrap(), "1 3");
}

async fn a_beat_shows_that_the_server_is_there(site: Site) {
    let device = Device::founder(&site).await;
    let mut events = Events::of(&site, &device).await;
    events.next_news().await.unwrap();
    for _ in 0..2 {
        assert_eq!(events.next().await.unwrap(), "event: beat\ndata: .\n\n");
    }
}

async fn a_stream_ends_with_its_session(site: Site) {
    let device = Device::founder(&site).await;
    let mut other = device.clone();
    other.login(&site, wire::Action::Renew).await.success();
    let (mut events, mut others) = (Events::of(&site, &device).await, Events::of(&site, &other).await);
    assert!(events.next_news().await.is_some() && others.next_news().await.is_some());
    device.post(&site, "/v1/logout", Vec::new()).await.success();
    assert_eq!(events.next_news().await, None);
    other.push(&site, &[Commit::new(1, "a", 1, 10)]).await.success();
    assert_eq!(others.next_news().await.unwrap(), "1 2", "another session's stream goes on");
    site.pass(13 * 3600);
    assert_eq!(others.next_news().await, None, "expired");
}

async fn a_stream_ends_when_the_device_is_revoked(site: Site) {
    let device = Device::founder(&site).await;
    let mut events = Events::of(&site, &device).await;
    events.next_news().await.unwrap();
    site.api.revoke_device(&device.device).await.unwrap();
    assert_eq!(events.next_news().await, None);
}

async fn streams_end_when_the_server_closes(site: Site) {
    let device = Device::founder(&site).await;
    let mut events = Events::of(&site, &device).await;
    events.next_news().await.unwrap();
    site.api.close();
    assert_eq!(events.next_news().await, None);
    device.get(&site, "/v1/log?after=-1").await.success();
    let mut late = Events::of(&site, &device).await;
    late.next_news().await;
    assert_eq!(late.next_news().await, None);
}
