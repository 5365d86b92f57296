//! Which crate may reach which: the invariants of the design, held by a test.
//!
//! `cargo tree` resolves features as a build does, so what it does not list is not compiled in.

use crate::{
    Outcome,
    process::{cargo, output},
};

struct Rule {
    /// Why the rule stands.
    because: &'static str,
    package: &'static str,
    /// Where the graph starts and how far it is followed.
    tree: &'static [&'static str],
    never: &'static [&'static str],
}

const ANY_DEPTH: &[&str] = &["--target", "all", "--edges", "normal,build"];
const DIRECT: &[&str] = &["--target", "all", "--edges", "normal,build", "--depth", "1", "--all-features"];
const BROWSER: &[&str] = &["--target", "wasm32-unknown-unknown", "--edges", "normal"];

const RULES: &[Rule] = &[
    Rule {
        because: "the code that stores data cannot name plaintext",
        package: "api",
        tree: ANY_DEPTH,
        never: &["record", "vault", "client", "app"],
    },
    Rule { because: "keys do not know what they seal", package: "vault", tree: ANY_DEPTH, never: &["record"] },
    Rule { because: "records do not know how they are sealed", package: "record", tree: ANY_DEPTH, never: &["vault"] },
    Rule {
        because: "the contract with the server carries opaque bytes",
        package: "wire",
        tree: ANY_DEPTH,
        never: &["record", "vault", "client"],
    },
    Rule {
        because: "the server's parts stay out of the browser",
        package: "frontend",
        tree: BROWSER,
        never: &["sea-orm", "sqlx", "sqlx-core", "hyper", "axum", "api", "server"],
    },
    Rule {
        because: "storage is injected into the pages by the platform",
        package: "app",
        tree: DIRECT,
        never: &["rexie", "idb", "sea-orm", "api"],
    },
    Rule {
        because: "the engine runs on ports alone",
        package: "client",
        tree: DIRECT,
        never: &["leptos", "rexie", "tokio", "sea-orm", "app", "api"],
    },
];

pub fn check() -> Outcome {
    let mut broken = Vec::new();
    for rule in RULES {
        let tree = tree(rule)?;
        for found in found(&tree, rule.never) {
            broken.push(format!("{} reaches {found}, but {}", rule.package, rule.because));
        }
        println!("{}: none of {}", rule.package, rule.never.join(", "));
    }
    let features = tokio_in_browser()?;
    println!("frontend: of tokio no more than {}", TOKIO_IN_BROWSER.join(", "));
    for feature in features.iter().filter(|feature| !TOKIO_IN_BROWSER.contains(&feature.as_str())) {
        broken.push(format!("frontend has tokio's `{feature}`, but the browser has a runtime of its own"));
    }
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n")) }
}

/// rexie's idb passes one value through tokio's channel; tokio's runtime, timers and network stay out.
const TOKIO_IN_BROWSER: [&str; 2] = ["default", "sync"];

/// The features of tokio that are compiled into the browser's module.
fn tokio_in_browser() -> Outcome<Vec<String>> {
    let tree = output(
        cargo().args(["tree", "--package", "frontend", "--prefix", "none", "--format", "{p}|{f}"]).args(BROWSER),
    )
    .ok_or("`cargo tree --package frontend` failed")?;
    Ok(features_of("tokio", &tree))
}

fn features_of(package: &str, tree: &str) -> Vec<String> {
    let of_package = |line: &&str| line.split(' ').next() == Some(package);
    let features = |line: &str| line.split('|').nth(1).unwrap_or_default().trim_end_matches(" (*)").to_owned();
    let mut found: Vec<String> = tree
        .lines()
        .filter(of_package)
        .flat_map(|line| features(line).split(',').map(str::to_owned).collect::<Vec<_>>())
        .filter(|feature| !feature.is_empty())
        .collect();
    found.sort();
    found.dedup();
    found
}

fn tree(rule: &Rule) -> Outcome<String> {
    output(cargo().args(["tree", "--package", rule.package, "--prefix", "none", "--format", "{p}"]).args(rule.tree))
        .ok_or_else(|| format!("`cargo tree --package {}` failed", rule.package))
}

/// The forbidden packages that a tree lists. The first line is the package itself.
fn found<'a>(tree: &str, never: &[&'a str]) -> Vec<&'a str> {
    let listed: Vec<&str> = tree.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    never.iter().copied().filter(|name| listed.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::{features_of, found};

    const TREE: &str = "api v0.1.0 (/a)\nwire v0.1.0 (/a)\nserde v1.0.0\ntokio-macros v2.0.0";

    #[test]
    fn a_forbidden_package_is_found() {
        assert_eq!(found(TREE, &["vault", "serde"]), ["serde"]);
    }

    #[test]
    fn features_are_read_wherever_a_package_is_listed() {
        let tree =
            "frontend v0.1.0 (/a)|\ntokio v1.54.1|default,sync\nidb v0.6.5|tokio\ntokio v1.54.1|default,sync (*)";
        assert_eq!(features_of("tokio", tree), ["default", "sync"]);
    }

    #[test]
    fn a_longer_name_and_the_package_itself_are_no_breach() {
        assert!(found(TREE, &["tokio", "api"]).is_empty());
    }
}
