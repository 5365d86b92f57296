// Where numbers go: the terminal, and a JSON file if one was asked for.
import fs from "node:fs/promises";

export function median(values: number[]): number {
  if (values.length < 3) throw new Error("a median of fewer than three runs says nothing");
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export async function record(name: string, value: number, about: string): Promise<void> {
  const rounded = Math.round(value * 1000) / 1000;
  console.log(`${name.padEnd(32)} ${String(rounded).padStart(10)}   ${about}`);
  const file = process.env.AMPOULE_BENCH_JSON;
  if (!file) return;
  const before = await fs.readFile(file, "utf8").then(JSON.parse, () => ({}));
  await fs.writeFile(file, `${JSON.stringify({ ...before, [name]: { value: rounded, about } }, null, 2)}\n`);
}

/** The value that a share `part` of all values does not exceed. */
export function percentile(values: number[], part: number): number {
  if (values.length === 0) throw new Error("nothing was measured");
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)];
}
