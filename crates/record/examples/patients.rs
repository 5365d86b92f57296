//! Writes synthetic patients as NDJSON to standard output: `patients SEED COUNT`. The same seed gives the same bytes.

use std::io::{BufWriter, Write, stdout};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let (Some(Ok(seed)), Some(Ok(count))) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: patients SEED COUNT");
        std::process::exit(2);
    };
    let mut out = BufWriter::new(stdout().lock());
    for entry in record::generate::patients(seed, count as usize) {
        serde_json::to_writer(&mut out, entry.resource.value())?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
