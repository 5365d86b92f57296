//! Reading the stream in pages.
//!
//! Commits never change and become visible in the order of their cursors, so the statements of one page need no common
//! transaction. Each reads one contiguous range of one table.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use wire::{
    Hash32,
    frame::{CommitFrame, ItemFrame, Writer},
};

use super::{array, heads};
use crate::{
    Api, Error,
    entities::{commits, items},
};

/// Commits of one page at most.
const MOST_COMMITS: usize = 4096;
/// Ids looked up by one statement.
const IDS: usize = 400;

/// (cursor, chart, envelope id, envelope, wrap)
type ItemRow = (i64, Vec<u8>, Vec<u8>, Option<Vec<u8>>, Vec<u8>);

/// The commits of one page: all after `after`, up to and including `last`.
struct Page {
    after: i64,
    last: i64,
    more: bool,
}

impl Api {
    /// A frame with the commits after `after`: at least one if there is one, and no more than fit in `bytes`.
    pub(crate) async fn pull(&self, after: i64, bytes: u64) -> Result<Vec<u8>, Error> {
        let page = self.page(after, bytes).await?;
        if page.last == after {
            return Ok(Writer::new().finish(after as u64, self.server_epoch, false));
        }
        let heads = commits::Entity::find()
            .filter(commits::Column::Cursor.between(after + 1, page.last))
            .order_by_asc(commits::Column::Cursor)
            .all(&self.db)
            .await?;
        let rows = self.items(&page).await?;
        let elsewhere = self.stored_elsewhere(&rows).await?;
        let mut writer = Writer::new();
        let mut rest = &rows[..];
        for head in &heads {
            let (of_head, others) = rest.split_at(rest.partition_point(|row| row.0 <= head.cursor));
            rest = others;
            let items = of_head.iter().map(|row| item(row, &elsewhere)).collect::<Result<_, _>>()?;
            writer.commit(&CommitFrame {
                cursor: head.cursor as u64,
                device: array(&head.device)?,
                device_seq: head.device_seq as u64,
                hash: array(&head.hash)?,
                commit: &head.bytes,
                items,
            });
        }
        Ok(writer.finish(page.last as u64, self.server_epoch, page.more))
    }

    /// Where the page ends, from the sizes noted with the commits.
    async fn page(&self, after: i64, bytes: u64) -> Result<Page, Error> {
        let sizes: Vec<(i64, i64)> = commits::Entity::find()
            .select_only()
            .columns([commits::Column::Cursor, commits::Column::Size])
            .filter(commits::Column::Cursor.gt(after))
            .order_by_asc(commits::Column::Cursor)
            .limit(MOST_COMMITS as u64 + 1)
            .into_tuple()
            .all(&self.db)
            .await?;
        if sizes.is_empty() && after > heads::last_cursor(&self.db).await? {
            return Err(Error::OtherEpoch);
        }
        let mut page = Page { after, last: after, more: false };
        let mut total = 0;
        for (count, (cursor, size)) in sizes.into_iter().enumerate() {
            total += size as u64;
            if count == MOST_COMMITS || (count > 0 && total > bytes) {
                page.more = true;
                break;
            }
            page.last = cursor;
        }
        Ok(page)
    }

    async fn items(&self, page: &Page) -> Result<Vec<ItemRow>, DbErr> {
        use items::Column::{Chart, Cursor, Envelope, EnvelopeId, Position, Wrap};
        items::Entity::find()
            .select_only()
            .columns([Cursor, Chart, EnvelopeId, Envelope, Wrap])
            .filter(Cursor.between(page.after + 1, page.last))
            .order_by_asc(Cursor)
            .order_by_asc(Position)
            .into_tuple()
            .all(&self.db)
            .await
    }

    /// Envelopes that items of the page name but an earlier item holds.
    async fn stored_elsewhere(&self, rows: &[ItemRow]) -> Result<HashMap<Hash32, Vec<u8>>, Error> {
        let ids: Vec<Vec<u8>> = rows.iter().filter(|row| row.3.is_none()).map(|row| row.2.clone()).collect();
        let mut found = HashMap::new();
        for ids in ids.chunks(IDS) {
            for (id, item) in self.envelopes(ids).await? {
                found.insert(id, item.envelope);
            }
        }
        Ok(found)
    }
}

fn item<'r>(row: &'r ItemRow, elsewhere: &'r HashMap<Hash32, Vec<u8>>) -> Result<ItemFrame<'r>, DbErr> {
    let (_, chart, id, envelope, wrap) = row;
    let envelope_id = array(id)?;
    // Empty when it was erased.
    let envelope = envelope.as_ref().or_else(|| elsewhere.get(&envelope_id)).map_or(&[][..], |bytes| bytes);
    Ok(ItemFrame { chart: array(chart)?, envelope_id, envelope, wrap })
}
