use axum::http::header;
use wire::{Action, Challenge, Code, LoggedIn, Login, Registered};

use crate::support::{Device, ORIGIN, Site, get, on_both_stores, post};

on_both_stores!(
    an_unlock_answers_the_share_and_the_account_wrap,
    an_enrolment_answers_the_account_wrap_alone,
    a_renewal_answers_neither,
    without_a_practice_there_is_nothing_to_log_in_to,
    a_login_is_good_once,
    a_challenge_ends_after_a_minute,
    a_login_for_another_origin_is_refused,
    a_post_from_elsewhere_is_refused,
    every_refusal_is_the_same_answer,
    an_unknown_account_gets_a_challenge_like_any_other,
    an_action_cannot_be_used_as_another,
    many_failures_make_an_account_wait,
    many_failures_make_an_address_wait,
    a_revoked_device_is_told_so,
    over_tls_the_cookie_is_secure,
);

async fn an_unlock_answers_the_share_and_the_account_wrap(site: Site) {
    let mut device = Device::of(1, 1);
    let founded = site.send(post("/v1/practice", None, wire::encode(&device.founding()))).await;
    let told = founded.ok::<Registered>().share;
    let answer = device.login(&site, Action::Unlock).await;
    let logged_in: LoggedIn = answer.ok();
    assert_eq!(logged_in.share, told);
    assert_eq!(logged_in.account_wrap.unwrap(), b"sealed account key");
    assert_eq!(logged_in.session_s, 12 * 3600);
    assert_ne!(answer.cookie(), founded.cookie());
    device.get(&site, "/v1/commits?after=0").await.success();
}

async fn an_enrolment_answers_the_account_wrap_alone(site: Site) {
    Device::founder(&site).await;
    let logged_in: LoggedIn = Device::of(1, 2).login(&site, Action::Enrol).await.ok();
    assert_eq!(logged_in.share, None);
    assert_eq!(logged_in.account_wrap.unwrap(), b"sealed account key");
}

async fn a_renewal_answers_neither(site: Site) {
    let mut device = Device::founder(&site).await;
    let logged_in: LoggedIn = device.login(&site, Action::Renew).await.ok();
    assert_eq!((logged_in.share, logged_in.account_wrap), (None, None));
    device.get(&site, "/v1/commits?after=0").await.success();
}

async fn without_a_practice_there_is_nothing_to_log_in_to(site: Site) {
    let ask = wire::encode(&wire::AskChallenge { account: [1; 16] });
    assert_eq!(site.send(post("/v1/login/challenge", None, ask)).await.code(), Code::NoPractice);
    let challenge =
        Challenge { practice: [0; 32], nonce: [0; 32], kdf: wire::KdfParams { memory_kib: 0, passes: 0, lanes: 0 } };
    let login = Device::of(1, 1).sign(&challenge, Action::Unlock, ORIGIN);
    assert_eq!(site.login(&login).await.code(), Code::NoPractice);
}

async fn a_login_is_good_once(site: Site) {
    let device = Device::founder(&site).await;
    let login = device.sign(&device.challenge(&site).await, Action::Unlock, ORIGIN);
    site.login(&login).await.success();
    assert_eq!(site.login(&login).await.code(), Code::LoginRefused);

    let login = device.sign(&device.challenge(&site).await, Action::Unlock, ORIGIN);
    let at_once = futures::future::join_all((0..4).map(|_| site.login(&login))).await;
    assert_eq!(at_once.iter().filter(|answer| answer.status.is_success()).count(), 1);
}

async fn a_challenge_ends_after_a_minute(site: Site) {
    let device = Device::founder(&site).await;
    let challenge = device.challenge(&site).await;
    site.pass(61);
    assert_eq!(site.login(&device.sign(&challenge, Action::Unlock, ORIGIN)).await.code(), Code::LoginRefused);
}

async fn a_login_for_another_origin_is_refused(site: Site) {
    let device = Device::founder(&site).await;
    for origin in ["http://evil.example", "https://localhost:4870", "http://localhost:4871", ""] {
        let login = device.sign(&device.challenge(&site).await, Action::Unlock, origin);
        assert_eq!(site.login(&login).await.code(), Code::LoginRefused, "{origin}");
    }
}

async fn a_post_from_elsewhere_is_refused(site: Site) {
    let device = Device::founder(&site).await;
    let login = device.sign(&device.challenge(&site).await, Action::Unlock, ORIGIN);
    let body = wire::encode(&login);
    for origin in
        ["http://evil.example", "null", "localhost:4870", "http://localhost:4870.evil.example", "ftp://localhost:4870"]
    {
        let mut request = post("/v1/login", None, body.clone());
        request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
        assert_eq!(site.send(request).await.code(), Code::Malformed, "{origin}");
    }
    let mut request = post("/v1/login", None, body.clone());
    request.headers_mut().remove(header::ORIGIN);
    assert_eq!(site.send(request).await.code(), Code::Malformed, "no origin");
    for site_relation in ["cross-site", "same-site"] {
        let mut request = post("/v1/login", None, body.clone());
        request.headers_mut().insert("sec-fetch-site", site_relation.parse().unwrap());
        assert_eq!(site.send(request).await.code(), Code::Malformed, "{site_relation}");
    }
    // None of these reached the login, so it is still good.
    site.login(&login).await.success();
}

async fn every_refusal_is_the_same_answer(site: Site) {
    let device = Device::founder(&site).await;
    let good = device.sign(&device.challenge(&site).await, Action::Unlock, ORIGIN);
    let stranger = Device::of(7, 7);
    let unknown = stranger.sign(&stranger.challenge(&site).await, Action::Unlock, ORIGIN);
    let mut cases = vec![unknown; 1];
    let mut spoilt = |change: &dyn Fn(&mut Login)| {
        let mut login = good.clone();
        change(&mut login);
        cases.push(login);
    };
    spoilt(&|login| login.login_signature[0] ^= 1);
    spoilt(&|login| login.access_signature[0] ^= 1);
    spoilt(&|login| login.access_signature.clear());
    spoilt(&|login| login.login_signature.truncate(63));
    spoilt(&|login| login.nonce[0] ^= 1);
    spoilt(&|login| login.device = Some([9; 16]));
    spoilt(&|login| login.device = None);
    let mut answers = Vec::new();
    for login in &cases {
        answers.push(site.login(login).await);
    }
    for answer in &answers {
        assert_eq!(answer.code(), Code::LoginRefused);
        assert_eq!(
            (answer.status, &answer.headers, &answer.body),
            (answers[0].status, &answers[0].headers, &answers[0].body)
        );
    }
}

async fn an_unknown_account_gets_a_challenge_like_any_other(site: Site) {
    let device = Device::founder(&site).await;
    let (known, unknown) = (device.challenge(&site).await, Device::of(7, 7).challenge(&site).await);
    assert_eq!((known.practice, known.kdf), (unknown.practice, unknown.kdf));
    assert_ne!(known.nonce, unknown.nonce);
    assert_eq!(Device::of(7, 7).challenge(&site).await.kdf, unknown.kdf);
}

async fn an_action_cannot_be_used_as_another(site: Site) {
    let device = Device::founder(&site).await;
    for (signed, used) in
        [(Action::Enrol, Action::Unlock), (Action::Renew, Action::Unlock), (Action::Unlock, Action::Renew)]
    {
        let mut login = device.sign(&device.challenge(&site).await, signed, ORIGIN);
        login.action = used;
        assert_eq!(site.login(&login).await.code(), Code::LoginRefused, "{signed:?} as {used:?}");
    }
}

async fn many_failures_make_an_account_wait(site: Site) {
    let device = Device::founder(&site).await;
    let fail = async || {
        let mut login = device.sign(&device.challenge(&site).await, Action::Unlock, ORIGIN);
        login.login_signature[5] ^= 1;
        site.login(&login).await
    };
    for _ in 0..10 {
        assert_eq!(fail().await.code(), Code::LoginRefused);
    }
    let waiting = fail().await;
    assert_eq!((waiting.code(), waiting.problem().retry_after_s), (Code::TooManyTries, Some(1)));
    assert_eq!(waiting.headers[header::RETRY_AFTER], "1");
    site.pass(1);
    assert_eq!(fail().await.code(), Code::LoginRefused);
    assert_eq!(fail().await.problem().retry_after_s, Some(2));

    // The right login waits too, and then clears the count.
    let right = async || site.login(&device.sign(&device.challenge(&site).await, Action::Unlock, ORIGIN)).await;
    assert_eq!(right().await.code(), Code::TooManyTries);
    site.pass(2);
    right().await.success();
    assert_eq!(fail().await.code(), Code::LoginRefused);
    assert_eq!(fail().await.code(), Code::LoginRefused);
}

async fn many_failures_make_an_address_wait(site: Site) {
    Device::founder(&site).await;
    let mut codes = Vec::new();
    for n in 100..145 {
        codes.push(Device::of(n, n).login(&site, Action::Unlock).await.code());
    }
    assert_eq!(codes.iter().filter(|code| **code == Code::LoginRefused).count(), 40);
    assert_eq!(codes.last(), Some(&Code::TooManyTries));
}

async fn a_revoked_device_is_told_so(site: Site) {
    let mut device = Device::founder(&site).await;
    site.api.revoke_device(&device.device).await.unwrap();
    assert_eq!(site.count("device_shares").await, 0);
    assert_eq!(device.get(&site, "/v1/commits?after=0").await.code(), Code::DeviceRevoked);
    assert_eq!(device.get(&site, "/v1/log?after=-1").await.code(), Code::DeviceRevoked);
    assert_eq!(device.login(&site, Action::Unlock).await.code(), Code::DeviceRevoked);
    assert_eq!(device.login(&site, Action::Renew).await.code(), Code::DeviceRevoked);
    // Who cannot sign for it learns nothing.
    device.access_key = Device::of(9, 9).access_key;
    assert_eq!(device.login(&site, Action::Renew).await.code(), Code::LoginRefused);
    assert!(matches!(site.api.revoke_device(&[9; 16]).await, Err(api::Error::NotFound)));
}

async fn over_tls_the_cookie_is_secure(site: Site) {
    let device = Device::founder(&site).await;
    let origin = "https://localhost:4870";
    let login = device.sign(&device.challenge(&site).await, Action::Unlock, origin);
    let mut request = post("/v1/login", None, wire::encode(&login));
    request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
    let answer = site.send(request).await;
    assert!(answer.headers[header::SET_COOKIE].to_str().unwrap().ends_with("; Secure"));
    site.send(get("/v1/log?after=-1", answer.cookie().as_deref())).await.success();
}
