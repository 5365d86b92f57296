//! Export: one patient or everything, as a FHIR R4 collection Bundle that equals what came in.

use crate::{engine::Engine, failure::Failure, keys, ports::Ports, protocol::Reply};

impl<P: Ports> Engine<P> {
    pub(crate) async fn export(&self, chart: Option<&str>) -> Result<Reply, Failure> {
        self.ensure_catalog().await?;
        let mut charts: Vec<[u8; 16]> = match chart {
            Some(chart) => vec![keys::unhex(chart)?],
            None => self.with(|open| open.catalog.charts().copied().collect())?,
        };
        charts.sort_unstable();
        let mut bodies = Vec::new();
        for chart in &charts {
            for record in self.records(chart)? {
                // What cannot be opened must not be left out in silence.
                bodies.push(self.merged(chart, &record).await?.body);
            }
        }
        if bodies.is_empty() {
            return Err(Failure::NotFound);
        }
        let bytes = record::export::bundle(bodies.iter().map(|body| body.as_slice()));
        let name = if chart.is_some() { "patient.json" } else { "practice.json" };
        Ok(Reply::File { name: name.into(), bytes })
    }
}
