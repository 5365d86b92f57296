//! Envelopes by id.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use wire::{
    Hash32,
    frame::{CommitFrame, ItemFrame, Writer},
};

use super::array;
use crate::{Api, Error, entities::items};

/// Ids looked up by one statement.
const IDS: usize = 400;

pub(crate) struct StoredEnvelope {
    pub chart: Vec<u8>,
    pub envelope: Vec<u8>,
    /// The newest one; newer epochs open older ones.
    pub wrap: Vec<u8>,
}

impl Api {
    /// A frame of one nameless commit with what is stored of `ids`; `more` says that the rest did not fit in `bytes`.
    pub(crate) async fn fetch_envelopes(&self, ids: &[Hash32], bytes: usize) -> Result<Vec<u8>, Error> {
        let (mut found, mut size, mut more) = (Vec::new(), 0, false);
        'all: for ids in ids.chunks(IDS) {
            let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.to_vec()).collect();
            for (id, stored) in self.envelopes(&ids).await? {
                size += 56 + stored.envelope.len() + stored.wrap.len();
                if size > bytes && !found.is_empty() {
                    more = true;
                    break 'all;
                }
                found.push((id, stored));
            }
        }
        let items = found.iter().map(|(envelope_id, stored)| {
            let (envelope, wrap) = (&stored.envelope[..], &stored.wrap[..]);
            Ok(ItemFrame { chart: array(&stored.chart)?, envelope_id: *envelope_id, envelope, wrap })
        });
        let items = items.collect::<Result<_, sea_orm::DbErr>>()?;
        let mut writer = Writer::new();
        writer.commit(&CommitFrame { items, ..CommitFrame::default() });
        Ok(writer.finish(0, self.server_epoch, more))
    }

    pub(super) async fn envelopes(&self, ids: &[Vec<u8>]) -> Result<HashMap<Hash32, StoredEnvelope>, Error> {
        let rows = items::Entity::find()
            .filter(items::Column::EnvelopeId.is_in(ids.iter().cloned()))
            .order_by_asc(items::Column::Cursor)
            .order_by_asc(items::Column::Position)
            .all(&self.db)
            .await?;
        let mut found = HashMap::<Hash32, StoredEnvelope>::with_capacity(rows.len());
        for row in rows {
            let id = array(&row.envelope_id)?;
            if let Some(stored) = found.get_mut(&id) {
                if !row.wrap.is_empty() {
                    stored.wrap = row.wrap;
                }
            } else if let Some(envelope) = row.envelope {
                found.insert(id, StoredEnvelope { chart: row.chart, envelope, wrap: row.wrap });
            }
        }
        Ok(found)
    }
}
