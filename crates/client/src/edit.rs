//! What a person writes: a patient, demographics, a note, vital signs, and the decision between two versions.

use record::{
    Entry,
    author::{self, Field, Problem},
    summary::PatientSummary,
    view::{Demographics, VitalsInput},
};
use vault::Scope;

use crate::{
    chart::Merged,
    engine::Engine,
    failure::Failure,
    index::segment::Row,
    keys,
    ports::{Clock, Ports},
    protocol::{FieldError, FieldFault, Saved, Unusual},
    save::Edit,
};

impl<P: Ports> Engine<P> {
    pub(crate) async fn add_patient(&self, demographics: &Demographics) -> Result<Saved, Failure> {
        let _writing = self.writer.lock().await;
        self.ensure_catalog().await?;
        let id = self.new_id();
        let entry = match author::new_patient(demographics, &id, &self.today()) {
            Ok(entry) => entry,
            Err(errors) => return Ok(refused(&errors)),
        };
        let chart = self.record_id("Patient", &id)?;
        self.commit(vec![patient_edit(chart, Vec::new(), &entry)]).await?;
        Ok(here(&chart))
    }

    pub(crate) async fn save_demographics(
        &self,
        chart: &str,
        record: &str,
        demographics: &Demographics,
    ) -> Result<Saved, Failure> {
        let (chart, record) = (keys::unhex(chart)?, keys::unhex(record)?);
        let _writing = self.writer.lock().await;
        self.ensure_catalog().await?;
        let merged = self.merged(&chart, &record).await?;
        let entry = match author::demographics(&merged.body, demographics, &self.today()) {
            Ok(entry) => entry,
            Err(errors) => return Ok(refused(&errors)),
        };
        self.commit(vec![patient_edit(chart, merged.heads, &entry)]).await?;
        Ok(here(&chart))
    }

    pub(crate) async fn save_note(&self, chart: &str, title: &str, text: &str) -> Result<Saved, Failure> {
        let chart = keys::unhex(chart)?;
        let _writing = self.writer.lock().await;
        let patient = self.patient_reference(&chart).await?;
        let (who, at) = (self.who()?, self.ports.clock().local_date_time());
        match author::note(&patient, title, text, &who, &at, &self.new_id()) {
            Ok(entry) => self.save_entries(&chart, vec![entry]).await,
            Err(errors) => Ok(refused(&errors)),
        }
    }

    pub(crate) async fn save_vitals(
        &self,
        chart: &str,
        vitals: &VitalsInput,
        confirmed: bool,
    ) -> Result<Saved, Failure> {
        let chart = keys::unhex(chart)?;
        let _writing = self.writer.lock().await;
        let patient = self.patient_reference(&chart).await?;
        let (who, at) = (self.who()?, self.ports.clock().local_date_time());
        let entries = match author::vitals(&patient, vitals, &who, &at, &mut || self.new_id()) {
            Ok(entries) => entries,
            Err(errors) => return Ok(refused(&errors)),
        };
        let asked = author::unusual(vitals);
        if !confirmed && !asked.is_empty() {
            let unusual = asked.into_iter().map(|asked| Unusual { field: field(asked.field), value: asked.value });
            return Ok(Saved::Unusual(unusual.collect()));
        }
        self.save_entries(&chart, entries).await
    }

    /// Writes the version in which a person chose between the values of each conflicting field.
    pub(crate) async fn resolve(&self, chart: &str, record: &str, choices: &[(String, u32)]) -> Result<Saved, Failure> {
        let (chart, record) = (keys::unhex(chart)?, keys::unhex(record)?);
        let _writing = self.writer.lock().await;
        self.ensure_catalog().await?;
        let merged = self.merged(&chart, &record).await?;
        let decided = |field: &record::view::FieldConflict| choices.iter().any(|(path, _)| *path == field.path);
        if merged.conflicts.is_empty() || !merged.conflicts.iter().all(decided) {
            return Err(Failure::Changed);
        }
        let merged = self.resolved(&chart, &record, choices).await?;
        if !merged.conflicts.is_empty() {
            return Err(Failure::Changed);
        }
        let entry = Entry::from_body(&merged.body).map_err(|_| Failure::Damaged)?;
        let edit = if entry.resource.resource_type() == "Patient" {
            patient_edit(chart, merged.heads, &entry)
        } else {
            let Merged { heads, scope, .. } = merged;
            Edit { chart, record, parents: heads, scope, body: entry.to_body(), row: None }
        };
        self.commit(vec![edit]).await?;
        Ok(here(&chart))
    }

    async fn save_entries(&self, chart: &[u8; 16], entries: Vec<Entry>) -> Result<Saved, Failure> {
        let mut edits = Vec::with_capacity(entries.len());
        for entry in &entries {
            let (kind, id) = entry.key();
            edits.push(Edit {
                chart: *chart,
                record: self.record_id(kind, id)?,
                parents: Vec::new(),
                scope: scope_of(kind),
                body: entry.to_body(),
                row: None,
            });
        }
        self.commit(edits).await?;
        Ok(here(chart))
    }

    /// How a new resource refers to the chart's patient.
    async fn patient_reference(&self, chart: &[u8; 16]) -> Result<String, Failure> {
        self.ensure_catalog().await?;
        let merged = self.merged(chart, chart).await?;
        Ok(Entry::from_body(&merged.body).map_err(|_| Failure::Damaged)?.reference())
    }

    fn who(&self) -> Result<String, Failure> {
        self.with(|open| open.person_name(&open.log.names(&open.device.epoch_keys)))
    }

    /// Record id of a resource: the same on every device that meets the same resource.
    pub(crate) fn record_id(&self, resource_type: &str, id: &str) -> Result<[u8; 16], Failure> {
        Ok(*self.with(|open| open.device.epoch_keys.import_id(resource_type, id))??.as_bytes())
    }

    /// A random UUID (RFC 9562, version 4), as FHIR resource id.
    fn new_id(&self) -> String {
        let mut bytes = [0; 16];
        self.ports.random(&mut bytes);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex = keys::hex(&bytes);
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    fn today(&self) -> String {
        self.ports.clock().local_date_time().chars().take(10).collect()
    }
}

pub(crate) fn scope_of(resource_type: &str) -> Scope {
    if record::is_administrative(resource_type) { Scope::ADMINISTRATIVE } else { Scope::CLINICAL }
}

pub(crate) fn patient_edit(chart: [u8; 16], parents: Vec<[u8; 32]>, entry: &Entry) -> Edit {
    let body = entry.to_body();
    let row = PatientSummary::from_body(&body).map(|summary| Row::new(chart, &summary, false));
    Edit { chart, record: chart, parents, scope: Scope::ADMINISTRATIVE, body, row }
}

fn here(chart: &[u8; 16]) -> Saved {
    Saved::Here { chart: keys::hex(chart) }
}

fn refused(errors: &author::FieldErrors) -> Saved {
    let fault = |problem| match problem {
        Problem::Missing | Problem::NotAPatient => FieldFault::Required,
        Problem::NotADate => FieldFault::NotADate,
        Problem::InTheFuture => FieldFault::InFuture,
        Problem::NotANumber => FieldFault::NotANumber,
        Problem::Impossible => FieldFault::Impossible,
        Problem::Incomplete => FieldFault::Incomplete,
        Problem::NotInList => FieldFault::NotACode,
        Problem::TooLong => FieldFault::TooLong,
        Problem::BadText => FieldFault::BadText,
    };
    Saved::Refused(
        errors.0.iter().map(|error| FieldError { field: field(error.field), error: fault(error.problem) }).collect(),
    )
}

/// The name of a form's field, as in [`Demographics`] and [`VitalsInput`].
fn field(field: Field) -> String {
    let name = match field {
        Field::Given => "given",
        Field::Family => "family",
        Field::BirthDate => "birth_date",
        Field::Sex => "sex",
        Field::Phone => "phone",
        Field::Email => "email",
        Field::AddressLine => "address_line",
        Field::City => "city",
        Field::PostalCode => "postal_code",
        Field::Country => "country",
        Field::Systolic => "systolic",
        Field::Diastolic => "diastolic",
        Field::Pulse => "pulse",
        Field::Oxygen => "oxygen",
        Field::Temperature => "temperature",
        Field::Weight => "weight",
        Field::Height => "height",
        Field::RespiratoryRate => "respiratory_rate",
        Field::Title => "title",
        Field::Text => "text",
        Field::Form => "form",
    };
    name.into()
}
