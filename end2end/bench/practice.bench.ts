// Ampoule with 10,000 synthetic patients, beside the raw cost of the same bytes in the same run. The worker marks points
// in time (`Clock::mark` of the engine); this reads them, so that no time of the test itself is counted.
import fs from "node:fs/promises";
import path from "node:path";
import type { Page, Worker } from "@playwright/test";
import { Ampoule } from "../support/ampoule.ts";
import { siteFolder } from "../support/environment.ts";
import { installed } from "../support/start.ts";
import { expect, test } from "../support/test.ts";
import { raw } from "./raw.ts";
import { median, percentile, record } from "./report.ts";

const PATIENTS = Number(process.env.AMPOULE_BENCH_COUNT ?? 10_000);
const ROUNDS = 5;
const QUERIES = ["a", "an", "ann", "ma", "mar", "mari", "maria", "o", "ol", "1962", "19", "j", "je", "jean", "ga", "garcia m"];

/** The worker that runs the engine: the one that has marks. */
async function engine(page: Page): Promise<Worker> {
  for (const worker of page.workers()) {
    if (await worker.evaluate(() => performance.getEntriesByType("mark").length > 0)) return worker;
  }
  throw new Error("no worker has marked anything");
}

/** Milliseconds between each pair of marks so named, in order. */
async function spans(page: Page, from: string, to: string): Promise<number[]> {
  const worker = await engine(page);
  return worker.evaluate(
    ([from, to]) => {
      const ends = performance.getEntriesByName(to, "mark").map((mark) => mark.startTime);
      const begins = performance.getEntriesByName(from, "mark").map((mark) => mark.startTime);
      // A begin without an end was given up: each end belongs to the last begin before it.
      return ends.map((end) => end - Math.max(...begins.filter((begin) => begin <= end)));
    },
    [from, to] as const,
  );
}

test("10,000 patients", async ({ openProfile }) => {
  test.setTimeout(15 * 60_000);
  const floor = await raw(openProfile);

  const { context } = await openProfile();
  const page = await context.newPage();
  const ampoule = new Ampoule(page);
  await ampoule.open();
  const kit = await ampoule.enter();
  await ampoule.allowOffline();
  const file = process.env.AMPOULE_BENCH_PATIENTS;
  if (!file) throw new Error("AMPOULE_BENCH_PATIENTS names the file of synthetic patients");
  const began = Date.now();
  await ampoule.importPaths([file]);
  await record("import_s", (Date.now() - began) / 1000, `${PATIENTS} patients through the page, sealed, signed and durable`);
  await ampoule.expectSynced(120_000);
  await installed(page);

  // One edit durable.
  await ampoule.goTo("patients");
  await ampoule.rows().first().click();
  for (let round = 0; round < ROUNDS; round += 1) await ampoule.writeNote("Visit", `Seen, round ${round}.`);
  const saves = (await spans(page, "save-begins", "save-durable")).slice(-ROUNDS);
  await record("edit_durable_ms", median(saves), "one note: sealed, signed, strict transaction; budget 20");
  await ampoule.expectSynced();

  // Unlock, warm and offline.
  const ready: number[] = [];
  await context.setOffline(true);
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.reload();
    await ampoule.unlock();
    ready.push((await spans(page, "keys-open", "list-ready"))[0]);
  }
  await record("unlock_to_list_ms", median(ready), `keys open to list and search ready, ${PATIENTS} patients`);
  await record("unlock_to_list_ratio", median(ready) / floor.getAll, "of raw getAll; budget 0.2");

  // Search.
  await ampoule.goTo("patients");
  for (const query of [...QUERIES, ...QUERIES]) {
    await ampoule.search(query);
    await expect(page.getByRole("status").first()).toBeVisible();
  }
  const searches = await spans(page, "search-begins", "search-ends");
  await record("search_p50_ms", percentile(searches, 0.5), `${searches.length} keystrokes`);
  await record("search_p95_ms", percentile(searches, 0.95), "budget 3 at 10,000 and 16 at 100,000");
  await context.setOffline(false);

  // First sync of a new device.
  const pulls: number[] = [];
  const stalls: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const fresh = await openProfile();
    const second = await fresh.context.newPage();
    await second.addInitScript(() => {
      const stalls: number[] = ((globalThis as unknown as { stalls: number[] }).stalls = []);
      new PerformanceObserver((list) => list.getEntries().forEach((task) => stalls.push(task.duration))).observe({ entryTypes: ["longtask"] });
    });
    const device = new Ampoule(second);
    await device.open();
    await second.evaluate(() => ((globalThis as unknown as { stalls: number[] }).stalls.length = 0));
    await device.signIn(kit);
    await device.expectSynced(120_000);
    pulls.push((await spans(second, "pull-begins", "pull-ends"))[0]);
    stalls.push(...(await second.evaluate(() => (globalThis as unknown as { stalls: number[] }).stalls)));
    await expect(device.rows().first()).toBeVisible();
    if (round === 0) {
      const bytes = await (await engine(second)).evaluate(async () => {
        const measure = (performance as unknown as { measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> }).measureUserAgentSpecificMemory;
        return measure ? (await measure.call(performance)).bytes : null;
      });
      if (bytes !== null) await record("memory_mb", bytes / 1e6, "page and worker after the first sync, as the browser measures");
    }
    await fresh.context.close();
  }
  await record("first_sync_ms", median(pulls), `${PATIENTS} records: fetched, verified, indexed, durable`);
  await record("first_sync_ratio", median(pulls) / (floor.transfer + floor.put), "of raw transfer + raw put; budget 0.6");
  await record("longest_stall_ms", Math.max(0, ...stalls), "long tasks of the page's thread meanwhile; budget 50");

  const folder = path.join(siteFolder(), "pkg");
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith(".wasm.br"));
  const sizes = await Promise.all(names.map(async (name) => (await fs.stat(path.join(folder, name))).size));
  await record("wasm_brotli_kb", sizes.reduce((sum, size) => sum + size, 0) / 1000, "the whole application; budget 1000");
});
