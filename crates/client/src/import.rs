//! Import of FHIR files: look first, then seal and store in batches, each durable before the next.

use std::collections::{BTreeMap, HashSet};

use record::{
    Entry, Placement,
    import::{FhirVersion, FileError, ParsedFile, SkipReason, parse_owned, preview},
};
use vault::MAX_BODY;

use crate::{
    edit::{patient_edit, scope_of},
    engine::Engine,
    failure::Failure,
    ports::{Clock, FileSource, Ports},
    protocol::{Event, ImportProgress, ImportReport, Preview, Refused, Skip, TypeCount},
    save::Edit,
};

/// A commit holds at most about so many bytes and so many records.
const BATCH_BYTES: usize = 240 << 10;
const BATCH_RECORDS: usize = 500;
/// Files of one import together.
const MAX_TOTAL: u64 = 400 << 20;
/// Milliseconds of work before others get their turn.
const SLICE_MS: f64 = 40.0;

/// What is being gathered for the next commit.
#[derive(Default)]
struct Batch {
    edits: Vec<Edit>,
    records: HashSet<[u8; 16]>,
    bytes: usize,
    types: Vec<String>,
}

impl<P: Ports> Engine<P> {
    pub(crate) async fn preview_import<F: FileSource>(&self, files: Vec<F>) -> Result<Preview, Failure> {
        self.with(|_| ())?;
        if self.importing.get() {
            return Err(Failure::Busy);
        }
        self.import.borrow_mut().clear();
        self.import_refused.borrow_mut().clear();
        let mut shown = Preview { files: files.len() as u32, ..Preview::default() };
        let mut types: BTreeMap<String, u32> = BTreeMap::new();
        let mut total = 0;
        for (done, file) in files.iter().enumerate() {
            let name = file.name();
            self.emit(Event::Import(ImportProgress {
                done: done as u32,
                total: files.len() as u32,
                file: name.clone(),
            }));
            self.ports.clock().pause().await;
            total += file.size();
            let read = if total > MAX_TOTAL { Err(refused(&name, "too-large")) } else { self.read_file(file).await };
            match read {
                Ok(parsed) => {
                    let found = preview(&parsed);
                    shown.patients += found.patients;
                    found.by_type.into_iter().for_each(|(kind, count)| *types.entry(kind).or_default() += count);
                    shown.skipped.extend(found.skipped.iter().map(|skip| skipped(&name, skip.index, skip.reason)));
                    self.import.borrow_mut().push((name, parsed));
                }
                Err(refused) => shown.refused.push(refused),
            }
        }
        self.import_refused.borrow_mut().clone_from(&shown.refused);
        shown.types = counted(types);
        Ok(shown)
    }

    async fn read_file<F: FileSource>(&self, file: &F) -> Result<ParsedFile, Refused> {
        let name = file.name();
        let bytes = file.read().await.ok_or_else(|| refused(&name, "unreadable"))?;
        parse_owned(&name, bytes).map_err(|error| {
            let (line, column) = match error {
                FileError::Truncated { line, column } | FileError::Broken { line, column } => (line, column),
                _ => (0, 0),
            };
            Refused { line, column, ..refused(&name, file_reason(error)) }
        })
    }

    pub(crate) async fn run_import(&self) -> Result<ImportReport, Failure> {
        if self.importing.replace(true) {
            return Err(Failure::Busy);
        }
        self.cancelled.set(false);
        let files = std::mem::take(&mut *self.import.borrow_mut());
        let report = self.import_files(&files).await;
        self.importing.set(false);
        report
    }

    async fn import_files(&self, files: &[(String, ParsedFile)]) -> Result<ImportReport, Failure> {
        self.ensure_catalog().await?;
        let mut report =
            ImportReport { refused: std::mem::take(&mut *self.import_refused.borrow_mut()), ..ImportReport::default() };
        let mut types = BTreeMap::new();
        let total: usize = files.iter().map(|(_, file)| file.len()).sum();
        let mut done = 0;
        let mut batch = Batch::default();
        let mut slice = self.ports.clock().ticks_ms();
        'files: for (name, file) in files {
            for index in 0..file.len() {
                if self.cancelled.get() {
                    report.cancelled = true;
                    break 'files;
                }
                done += 1;
                match file.entry(index) {
                    Ok(entry) => {
                        self.gather(&entry, &file.placement(index), &mut batch, &mut report, name, index, &mut types)
                            .await?
                    }
                    Err(error) => report.skipped.push(skipped(name, error.index, error.reason)),
                }
                let full = batch.bytes >= BATCH_BYTES || batch.edits.len() >= BATCH_RECORDS;
                if full {
                    self.flush(&mut batch, &mut report, &mut types).await?;
                }
                if full || self.ports.clock().ticks_ms() - slice > SLICE_MS {
                    self.emit(Event::Import(ImportProgress {
                        done: done as u32,
                        total: total as u32,
                        file: name.clone(),
                    }));
                    self.ports.clock().pause().await;
                    slice = self.ports.clock().ticks_ms();
                }
            }
        }
        // A cancelled import keeps what it had sealed in whole batches, and reports exactly that.
        if !report.cancelled {
            self.flush(&mut batch, &mut report, &mut types).await?;
        }
        report.types = counted(types);
        Ok(report)
    }

    /// Decides what becomes of one entry: new record, new version, or nothing because this device has it already.
    #[expect(clippy::too_many_arguments, reason = "the running import's parts")]
    async fn gather(
        &self,
        entry: &Entry,
        placement: &Placement,
        batch: &mut Batch,
        report: &mut ImportReport,
        file: &str,
        index: usize,
        types: &mut BTreeMap<String, u32>,
    ) -> Result<(), Failure> {
        let (kind, id) = entry.key();
        let record = self.record_id(kind, id)?;
        let chart = match placement {
            Placement::Patient { id } => self.record_id("Patient", id)?,
            Placement::Shared => self.shared_chart()?,
        };
        let body = entry.to_body();
        if body.len() > MAX_BODY - 64 {
            report.skipped.push(Skip { file: file.into(), entry: index as u32 + 1, reason: "too-large".into() });
            return Ok(());
        }
        if batch.records.contains(&record) {
            self.flush(batch, report, types).await?;
        }
        let versions = self.with(|open| {
            open.catalog
                .chart(&chart)
                .iter()
                .filter(|version| version.item.record == record)
                .cloned()
                .collect::<Vec<_>>()
        })?;
        for version in &versions {
            // Any version: what a person corrected here since is not undone by the same file.
            if self.open_version(version).await.is_ok_and(|known| *known.body == body) {
                report.unchanged += 1;
                return Ok(());
            }
        }
        let parents =
            self.with(|open| open.catalog.heads(&chart, &record).iter().map(|head| head.item.id).collect())?;
        let kind = kind.to_owned();
        batch.bytes += body.len() + 256;
        batch.records.insert(record);
        batch.edits.push(if kind == "Patient" {
            patient_edit(chart, parents, entry)
        } else {
            Edit { chart, record, parents, scope: scope_of(&kind), body, row: None }
        });
        batch.types.push(kind);
        Ok(())
    }

    async fn flush(
        &self,
        batch: &mut Batch,
        report: &mut ImportReport,
        types: &mut BTreeMap<String, u32>,
    ) -> Result<(), Failure> {
        let Batch { edits, types: kinds, .. } = std::mem::take(batch);
        if edits.is_empty() {
            return Ok(());
        }
        let _writing = self.writer.lock().await;
        self.commit(edits).await?;
        report.imported += kinds.len() as u32;
        for kind in kinds {
            report.not_shown += u32::from(!record::is_shown(&kind));
            *types.entry(kind).or_default() += 1;
        }
        Ok(())
    }
}

fn counted(types: BTreeMap<String, u32>) -> Vec<TypeCount> {
    let mut types: Vec<TypeCount> = types
        .into_iter()
        .map(|(resource_type, count)| TypeCount { shown: record::is_shown(&resource_type), resource_type, count })
        .collect();
    types.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.resource_type.cmp(&b.resource_type)));
    types
}

fn refused(file: &str, reason: &str) -> Refused {
    Refused { file: file.into(), reason: reason.into(), line: 0, column: 0 }
}

fn skipped(file: &str, index: u32, reason: SkipReason) -> Skip {
    Skip { file: file.into(), entry: index + 1, reason: skip_reason(reason).into() }
}

/// Stable codes; the page has the words.
fn file_reason(error: FileError) -> &'static str {
    match error {
        FileError::Empty => "empty",
        FileError::Truncated { .. } => "truncated",
        FileError::Broken { .. } => "broken",
        FileError::Utf16 => "utf16",
        FileError::NotUtf8 { .. } => "not-utf8",
        FileError::XmlFhir => "xml-fhir",
        FileError::Xml => "xml",
        FileError::Compressed => "compressed",
        FileError::NotFhir => "not-fhir",
        FileError::OtherVersion(FhirVersion::Stu3) => "stu3",
        FileError::OtherVersion(FhirVersion::Dstu2) => "dstu2",
    }
}

fn skip_reason(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Broken { .. } => "broken",
        SkipReason::NoResource => "no-resource",
        SkipReason::NotFhir => "not-fhir",
        SkipReason::DuplicateKey => "duplicate-key",
        SkipReason::TooDeep => "too-deep",
        SkipReason::BadText => "bad-text",
        SkipReason::Repeated => "repeated",
        SkipReason::Superseded => "superseded",
    }
}
