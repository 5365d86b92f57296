//! Builds what the browser loads: one folder of files that the server hands out as they are.
//!
//! ```text
//! pkg/NAME.HASH.EXT   scripts, module and style; their names hold their content's hash, so they never go stale
//! sw.js               the service worker with the list of the files that it keeps; its text changes with any of them
//! offline.html        the empty shell that the service worker shows without the server
//! assets.json         the hashed names, for the server's shell
//! …                   the rest of public/ as it is
//! *.br                each text and module, compressed
//! ```
//!
//! Files in `public/` name each other by their plain path (`/pkg/worker.js`); this module puts the hashed name there.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{Outcome, optimise, paths, process, steps::timed};

/// How much work goes into small files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For trying out: no wasm-opt, light compression.
    Quick,
    /// What is shipped and tested.
    Shipped,
}

const OUT_NAME: &str = "ampoule";
/// Handled by name; everything else in `public/` is copied.
const TEMPLATES: [&str; 5] = ["worker.js", "policy.js", "start.js", "sw.js", "offline.html"];
const COMPRESSED: [&str; 8] = ["js", "wasm", "css", "html", "json", "svg", "webmanifest", "txt"];

/// Builds the site into `folder`, or leaves it as it is if nothing that goes into it has changed.
pub fn build(folder: &Path, effort: Effort) -> Outcome {
    let module = timed("front end", compile)?;
    let inputs = inputs(&module, effort)?;
    let stamp = paths::work("stamps").join(format!("{}.txt", hash(folder.as_os_str().as_encoded_bytes())));
    if folder.join("assets.json").is_file() && fs::read_to_string(&stamp).is_ok_and(|found| found == inputs) {
        println!("site: unchanged");
        return Ok(());
    }
    timed("site", || assemble(&module, folder, effort))?;
    write(&stamp, inputs.as_bytes())
}

/// The first digits of a SHA-256.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn compile() -> Outcome<PathBuf> {
    process::run(process::cargo().args([
        "build",
        "--package",
        "frontend",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        "wasm-release",
    ]))?;
    Ok(paths::target().join("wasm32-unknown-unknown").join("wasm-release").join("frontend.wasm"))
}

/// One line that differs as soon as anything that goes into the site does.
fn inputs(module: &Path, effort: Effort) -> Outcome<String> {
    let mut digest = Sha256::new();
    let mut files = vec![module.to_path_buf(), std::env::current_exe().map_err(|error| error.to_string())?];
    files.extend(list(&paths::root().join("public"))?);
    files.extend(list(&paths::root().join("style"))?);
    for file in files {
        digest.update(file.as_os_str().as_encoded_bytes());
        digest.update(Sha256::digest(read(&file)?));
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(format!("{digest} {}", if effort == Effort::Shipped { "shipped" } else { "quick" }))
}

fn assemble(module: &Path, folder: &Path, effort: Effort) -> Outcome {
    let mut site = Site::default();
    let public = paths::root().join("public");
    for file in list(&public)? {
        let name = relative(&public, &file);
        if !TEMPLATES.contains(&name.as_str()) {
            site.files.insert(name, read(&file)?);
        }
    }
    site.hashed("/pkg/ampoule.css", style()?);
    bind(module, &mut site, effort)?;
    for name in ["worker.js", "policy.js", "start.js"] {
        let text = site.linked(&public.join(name))?;
        site.hashed(&format!("/pkg/{name}"), text.into_bytes());
    }
    let shell = site.linked(&public.join("offline.html"))?;
    site.files.insert("offline.html".into(), shell.into_bytes());
    site.files.insert("assets.json".into(), site.assets().into_bytes());
    let worker = site.service_worker(&public.join("sw.js"))?;
    site.files.insert("sw.js".into(), worker.into_bytes());
    site.write(folder, effort)
}

fn style() -> Outcome<Vec<u8>> {
    let main = paths::root().join("style").join("main.scss");
    let options = grass::Options::default().style(grass::OutputStyle::Compressed);
    grass::from_path(&main, &options).map(String::into_bytes).map_err(|error| format!("{}: {error}", main.display()))
}

/// Runs wasm-bindgen and adds module, glue and snippets.
fn bind(module: &Path, site: &mut Site, effort: Effort) -> Outcome {
    let folder = paths::work("bindgen");
    clear(&folder)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(OUT_NAME)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(effort == Effort::Shipped)
        .remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(&folder))
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;

    let bound = folder.join(format!("{OUT_NAME}_bg.wasm"));
    let wasm = if effort == Effort::Shipped { optimise::optimise(&bound)? } else { read(&bound)? };
    site.hashed("/pkg/ampoule.wasm", wasm);
    let mut glue =
        String::from_utf8(read(&folder.join(format!("{OUT_NAME}.js")))?).map_err(|error| error.to_string())?;
    let snippets = folder.join("snippets");
    for file in if snippets.is_dir() { list(&snippets)? } else { Vec::new() } {
        let name = format!("snippets/{}", relative(&snippets, &file));
        let url = site.hashed(&format!("/pkg/{name}"), read(&file)?);
        // The module itself knows the snippet by its plain name: the import statement alone is changed.
        for quote in ['"', '\''] {
            glue = glue.replace(&format!("from {quote}./{name}{quote}"), &format!("from {quote}{url}{quote}"));
        }
    }
    site.hashed("/pkg/ampoule.js", glue.into_bytes());
    Ok(())
}

/// The site while it is put together.
#[derive(Default)]
struct Site {
    /// Path below the site's root and content.
    files: BTreeMap<String, Vec<u8>>,
    /// Plain URL and hashed URL.
    urls: BTreeMap<String, String>,
}

impl Site {
    /// Adds a file under a name that holds its hash; its URL.
    fn hashed(&mut self, plain: &str, bytes: Vec<u8>) -> String {
        let (stem, extension) = plain.rsplit_once('.').expect("files of the site have extensions");
        let url = format!("{stem}.{}.{extension}", hash(&bytes));
        self.files.insert(url.trim_start_matches('/').to_owned(), bytes);
        self.urls.insert(plain.to_owned(), url.clone());
        url
    }

    /// The text of a template with the hashed URLs in it.
    fn linked(&self, template: &Path) -> Outcome<String> {
        let mut text =
            String::from_utf8(read(template)?).map_err(|error| format!("{}: {error}", template.display()))?;
        for (plain, url) in &self.urls {
            text = text.replace(plain, url);
        }
        Ok(text)
    }

    fn assets(&self) -> String {
        let url = |name: &str| &self.urls[&format!("/pkg/{name}")];
        let assets = serde_json::json!({
            "js": url("ampoule.js"),
            "wasm": url("ampoule.wasm"),
            "css": url("ampoule.css"),
            "start": url("start.js"),
            "policy": url("policy.js"),
            "worker": url("worker.js"),
        });
        format!("{assets:#}\n")
    }

    /// The service worker with its list of files and the build's id, which is the hash of all that it keeps.
    fn service_worker(&self, template: &Path) -> Outcome<String> {
        let kept: BTreeMap<String, String> = self
            .files
            .iter()
            .filter(|(name, _)| name.as_str() != "assets.json")
            .map(|(name, bytes)| (format!("/{name}"), hash(bytes)))
            .collect();
        let list = serde_json::to_string_pretty(&kept.keys().collect::<Vec<_>>()).map_err(|error| error.to_string())?;
        let mut text = self.linked(template)?;
        let id = hash(format!("{kept:?}{text}").as_bytes());
        for (mark, value) in [("[\"FILES\"]", list.as_str()), ("BUILD_ID", id.as_str())] {
            if text.matches(mark).count() != 1 {
                return Err(format!("{}: {mark} must stand there exactly once", template.display()));
            }
            text = text.replace(mark, value);
        }
        Ok(text)
    }

    /// Writes beside the folder first, so that a reader never meets half a site.
    fn write(&self, folder: &Path, effort: Effort) -> Outcome {
        let fresh = folder.with_extension("new");
        clear(&fresh)?;
        for (name, bytes) in &self.files {
            let path = fresh.join(name);
            write(&path, bytes)?;
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if COMPRESSED.contains(&extension) {
                write(&path.with_extension(format!("{extension}.br")), &compressed(bytes, effort)?)?;
            }
        }
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        fs::rename(&fresh, folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let size = |name: &str, br: bool| {
            let url = self.urls[&format!("/pkg/{name}")].trim_start_matches('/').to_owned();
            let path = folder.join(if br { format!("{url}.br") } else { url });
            fs::metadata(path).map_or(0, |metadata| metadata.len() / 1024)
        };
        println!(
            "site: module {} KiB ({} KiB compressed), glue {} KiB, style {} KiB",
            size("ampoule.wasm", false),
            size("ampoule.wasm", true),
            size("ampoule.js", true),
            size("ampoule.css", true)
        );
        Ok(())
    }
}

fn compressed(bytes: &[u8], effort: Effort) -> Outcome<Vec<u8>> {
    let quality = if effort == Effort::Shipped { 11 } else { 4 };
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, 22);
    writer.write_all(bytes).map_err(|error| error.to_string())?;
    Ok(writer.into_inner())
}

/// All files below a folder, in order.
fn list(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(list(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

fn relative(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).expect("listed below the folder").to_string_lossy().into_owned()
}

pub fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

pub fn write(path: &Path, bytes: &[u8]) -> Outcome {
    let folder = path.parent().expect("files lie in folders");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// Makes an empty folder.
pub fn clear(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}
