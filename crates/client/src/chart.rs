//! Opening a chart: its own records only, and of each record the versions that stand.

use std::collections::{HashMap, HashSet};

use record::{
    Entry,
    merge::Side,
    view::{ChartView, Conflict, FieldConflict},
};
use vault::Opened;
use zeroize::Zeroizing;

use crate::{
    catalog::{Version, heads_of},
    engine::Engine,
    failure::Failure,
    keys,
    ports::Ports,
};

/// Resource types without a patient whose names a chart shows.
const NAMED: [&str; 6] = ["Practitioner", "Organization", "Location", "Medication", "PractitionerRole", "Device"];

/// A record as it stands: one version, or several merged field by field.
pub(crate) struct Merged {
    pub body: Zeroizing<Vec<u8>>,
    /// The versions that it is made of; parents of the next one.
    pub heads: Vec<[u8; 32]>,
    /// Fields that both changed; the values in order of `heads`.
    pub conflicts: Vec<FieldConflict>,
    pub scope: vault::Scope,
}

impl<P: Ports> Engine<P> {
    pub(crate) async fn chart(&self, chart: &str) -> Result<ChartView, Failure> {
        let chart: [u8; 16] = keys::unhex(chart)?;
        self.ensure_catalog().await?;
        let records = self.records(&chart)?;
        if records.is_empty() {
            return Err(Failure::NotFound);
        }
        let mut bodies = Vec::with_capacity(records.len());
        let mut conflicts = Vec::new();
        for record in records {
            // A record that this person's keys do not open, or that is damaged beyond repair, is not shown; the
            // alarm has been told.
            let Ok(merged) = self.merged(&chart, &record).await else { continue };
            let id = keys::hex(&record);
            if !merged.conflicts.is_empty() {
                conflicts.push(conflict(id.clone(), &merged));
            }
            bodies.push((id, merged.body));
        }
        let names = self.shared_names().await?;
        let bodies: Vec<(String, &[u8])> = bodies.iter().map(|(id, body)| (id.clone(), body.as_slice())).collect();
        let mut view = record::chart::chart(&bodies, &|reference| names.get(reference).cloned());
        view.patient.chart = keys::hex(&chart);
        view.conflicts = conflicts;
        Ok(view)
    }

    /// Records of a chart in order of arrival.
    pub(crate) fn records(&self, chart: &[u8; 16]) -> Result<Vec<[u8; 16]>, Failure> {
        self.with(|open| {
            let mut seen = HashSet::new();
            let versions = open.catalog.chart(chart).iter().filter(|version| version.item.len > 0);
            versions.map(|version| version.item.record).filter(|record| seen.insert(*record)).collect()
        })
    }

    /// A record as it stands.
    pub(crate) async fn merged(&self, chart: &[u8; 16], record: &[u8; 16]) -> Result<Merged, Failure> {
        self.resolved(chart, record, &[]).await
    }

    /// A record as it stands once a person has chosen, by path, the version whose value of a field is kept.
    pub(crate) async fn resolved(
        &self,
        chart: &[u8; 16],
        record: &[u8; 16],
        choices: &[(String, u32)],
    ) -> Result<Merged, Failure> {
        let versions: Vec<Version> = self.with(|open| {
            open.catalog.chart(chart).iter().filter(|version| version.item.record == *record).cloned().collect()
        })?;
        let mut heads: Vec<&Version> = heads_of(versions.iter());
        // The same order on every device.
        heads.sort_by_key(|version| version.item.id);
        let (first, others) = heads.split_first().ok_or(Failure::NotFound)?;
        let opened = self.open_version(first).await?;
        let mut merged =
            Merged { scope: opened.header.scope, body: opened.body, heads: vec![first.item.id], conflicts: Vec::new() };
        for (number, other) in (1..).zip(others) {
            let theirs = self.open_version(other).await?;
            let base = match common_ancestor(&versions, &merged.heads, &other.item.id) {
                Some(base) => Some(self.open_version(base).await?),
                None => None,
            };
            merge_into(&mut merged, base.as_ref(), &theirs, &sides(choices, number))?;
            merged.heads.push(other.item.id);
        }
        Ok(merged)
    }

    /// Names of the practice's shared resources, by reference (`Practitioner/…`).
    async fn shared_names(&self) -> Result<HashMap<String, String>, Failure> {
        if let Some(names) = self.with(|open| open.shared_names.clone())? {
            return Ok(names);
        }
        let chart = self.shared_chart()?;
        let mut names = HashMap::new();
        for record in self.records(&chart)? {
            let Ok(merged) = self.merged(&chart, &record).await else { continue };
            let Ok(entry) = Entry::from_body(&merged.body) else { continue };
            let (kind, id) = entry.key();
            if !NAMED.contains(&kind) {
                continue;
            }
            if let Some(name) = record::chart::display_name(&entry) {
                if let Some(url) = &entry.full_url {
                    names.insert(url.clone(), name.clone());
                }
                names.insert(format!("{kind}/{id}"), name);
            }
        }
        self.with_mut(|open| open.shared_names = Some(names.clone()))?;
        Ok(names)
    }

    /// The chart that holds what belongs to no patient.
    pub(crate) fn shared_chart(&self) -> Result<[u8; 16], Failure> {
        self.with(|open| open.device.epoch_keys.import_id("ampoule", "shared").map(|id| *id.as_bytes()))?
            .map_err(Failure::from)
    }
}

/// The choices as seen by the merge of version `number` into the ones before it.
fn sides(choices: &[(String, u32)], number: u32) -> Vec<(String, Side)> {
    let side = |choice: u32| if choice == number { Side::Theirs } else { Side::Ours };
    choices.iter().map(|(path, choice)| (path.clone(), side(*choice))).collect()
}

fn merge_into(
    merged: &mut Merged,
    base: Option<&Opened>,
    theirs: &Opened,
    sides: &[(String, Side)],
) -> Result<(), Failure> {
    let entry = |body: &[u8]| Entry::from_body(body).map_err(|_| Failure::Damaged);
    let base = base.map(|base| entry(&base.body)).transpose()?;
    let (joined, conflicts) =
        record::merge::entries(base.as_ref(), &entry(&merged.body)?, &entry(&theirs.body)?, sides);
    merged.body = Zeroizing::new(joined.to_body());
    let versions = merged.heads.len() + 1;
    for field in conflicts {
        let theirs = field.values.last().cloned().unwrap_or_default();
        match merged.conflicts.iter_mut().find(|known| known.path == field.path) {
            Some(known) => known.values.push(theirs),
            None => {
                // The versions before this one agree.
                let ours = field.values.first().cloned().unwrap_or_default();
                let mut values = vec![ours; versions - 1];
                values.push(theirs);
                merged.conflicts.push(FieldConflict { path: field.path, values });
            }
        }
    }
    for known in &mut merged.conflicts {
        let kept = known.values[0].clone();
        known.values.resize(versions, kept);
    }
    Ok(())
}

fn conflict(record: String, merged: &Merged) -> Conflict {
    let entry = Entry::from_body(&merged.body).ok();
    let resource_type = entry.as_ref().map(|entry| entry.key().0.to_owned()).unwrap_or_default();
    let title = entry.as_ref().and_then(record::chart::display_name).unwrap_or_default();
    Conflict { record, resource_type, title, fields: merged.conflicts.clone() }
}

/// The nearest version that `other` and one of `ours` both descend from.
fn common_ancestor<'a>(versions: &'a [Version], ours: &[[u8; 32]], other: &[u8; 32]) -> Option<&'a Version> {
    let by_id: HashMap<&[u8; 32], &Version> = versions.iter().map(|version| (&version.item.id, version)).collect();
    let ancestors = |start: &[[u8; 32]]| {
        let mut order: Vec<[u8; 32]> = start.to_vec();
        let mut seen: HashSet<[u8; 32]> = start.iter().copied().collect();
        let mut at = 0;
        while at < order.len() {
            if let Some(version) = by_id.get(&order[at]) {
                order.extend(version.item.parents.iter().filter(|parent| seen.insert(**parent)));
            }
            at += 1;
        }
        order
    };
    let mine: HashSet<[u8; 32]> = ancestors(ours).into_iter().collect();
    let nearest = ancestors(&[*other]).into_iter().find(|id| mine.contains(id))?;
    by_id.get(&nearest).copied().filter(|version| version.item.len > 0)
}
