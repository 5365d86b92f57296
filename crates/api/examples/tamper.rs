//! What a malicious server does to its own database, for the browser tests: `tamper ATTACK FILE` on a stopped server.
//!
//! | attack | what is done to the newest entries |
//! |---|---|
//! | `flip` | one bit of an envelope |
//! | `swap` | the envelopes of two charts change places |
//! | `replay` | an older envelope of the same chart stands in the place of the newer one |
//! | `withhold` | the last commit but one is gone, with its entries |
//! | `rollback` | the last commit is gone, with its entries |

use std::{error::Error, process::ExitCode};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement, Value};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [attack, file] = arguments.as_slice() else {
        eprintln!("usage: tamper flip|swap|replay|withhold|rollback FILE");
        return ExitCode::FAILURE;
    };
    match tamper(attack, file).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("tamper {attack}: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn tamper(attack: &str, file: &str) -> Outcome {
    let db = Database::connect(format!("sqlite://{file}?mode=rw")).await?;
    match attack {
        "flip" => flip(&db).await?,
        "swap" => swap(&db).await?,
        "replay" => replay(&db).await?,
        "withhold" => remove_commit(&db, 1).await?,
        "rollback" => remove_commit(&db, 0).await?,
        _ => return Err("no such attack".into()),
    }
    db.close().await?;
    Ok(())
}

/// A stored entry: where it stands and what it holds.
struct Item {
    cursor: i64,
    position: i64,
    chart: Vec<u8>,
    id: Vec<u8>,
    envelope: Vec<u8>,
    wrap: Vec<u8>,
}

impl Item {
    fn read(row: &QueryResult) -> Outcome<Self> {
        Ok(Self {
            cursor: row.try_get("", "cursor")?,
            position: row.try_get("", "position")?,
            chart: row.try_get("", "chart")?,
            id: row.try_get("", "envelope_id")?,
            envelope: row.try_get("", "envelope")?,
            wrap: row.try_get("", "wrap")?,
        })
    }

    /// Puts another's content into this entry's place.
    async fn overwrite(&self, db: &DatabaseConnection, by: &Self) -> Outcome {
        let values = [
            by.id.clone().into(),
            by.envelope.clone().into(),
            by.wrap.clone().into(),
            self.cursor.into(),
            self.position.into(),
        ];
        let set = "UPDATE items SET envelope_id = ?, envelope = ?, wrap = ? WHERE cursor = ? AND position = ?";
        changed(db, set, values).await
    }
}

async fn flip(db: &DatabaseConnection) -> Outcome {
    let mut item = newest(db).await?.into_iter().next().ok_or("there is no entry")?;
    let middle = item.envelope.len() / 2;
    item.envelope[middle] ^= 1;
    let values = [item.envelope.into(), item.cursor.into(), item.position.into()];
    changed(db, "UPDATE items SET envelope = ? WHERE cursor = ? AND position = ?", values).await
}

async fn swap(db: &DatabaseConnection) -> Outcome {
    let items = newest(db).await?;
    let one = items.first().ok_or("there is no entry")?;
    let other = items.iter().find(|item| item.chart != one.chart).ok_or("there is one chart alone")?;
    one.overwrite(db, other).await?;
    other.overwrite(db, one).await
}

async fn replay(db: &DatabaseConnection) -> Outcome {
    let items = newest(db).await?;
    let new = items.first().ok_or("there is no entry")?;
    let old = items.iter().skip(1).find(|item| item.chart == new.chart && item.id != new.id);
    new.overwrite(db, old.ok_or("the chart has one entry alone")?).await
}

/// Removes the commit that stands so many places before the last.
async fn remove_commit(db: &DatabaseConnection, before_last: u64) -> Outcome {
    let select = format!("SELECT cursor FROM commits ORDER BY cursor DESC LIMIT 1 OFFSET {before_last}");
    let row = db.query_one_raw(statement(&select, [])).await?.ok_or("there are too few commits")?;
    let cursor: i64 = row.try_get("", "cursor")?;
    changed(db, "DELETE FROM items WHERE cursor = ?", [cursor.into()]).await?;
    changed(db, "DELETE FROM commits WHERE cursor = ?", [cursor.into()]).await
}

async fn newest(db: &DatabaseConnection) -> Outcome<Vec<Item>> {
    let select = "SELECT cursor, position, chart, envelope_id, envelope, wrap FROM items \
                  WHERE envelope IS NOT NULL ORDER BY cursor DESC, position DESC";
    db.query_all_raw(statement(select, [])).await?.iter().map(Item::read).collect()
}

async fn changed<const N: usize>(db: &DatabaseConnection, sql: &str, values: [Value; N]) -> Outcome {
    let rows = db.execute_raw(statement(sql, values)).await?.rows_affected();
    if rows == 0 { Err("nothing was changed".into()) } else { Ok(()) }
}

fn statement<const N: usize>(sql: &str, values: [Value; N]) -> Statement {
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}
