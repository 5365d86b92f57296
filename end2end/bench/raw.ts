// What the browser itself costs here: the floor that Ampoule's own numbers are held against, measured in the same run, in
// the same profile on disk, with the same bytes.
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext } from "@playwright/test";
import { median, record } from "./report.ts";

const RECORDS = 10_000;
const BYTES = 1536;
const ROUNDS = 5;

export interface Raw {
  transfer: number;
  put: number;
  getAll: number;
}

/** Medians in milliseconds of a transfer on loopback, a put of one row a record, and a getAll of all rows. */
export async function raw(openProfile: (options: { baseURL: string }) => Promise<{ context: BrowserContext }>): Promise<Raw> {
  const bytes = Buffer.allocUnsafe(RECORDS * BYTES);
  for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65_536, bytes.length)));
  const host = http.createServer((request, answer) => {
    if (request.url === "/bytes") answer.writeHead(200, { "content-type": "application/octet-stream", "cache-control": "no-store" }).end(bytes);
    else answer.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>bench</title>");
  });
  host.listen(0, "127.0.0.1");
  await once(host, "listening");
  const baseURL = `http://localhost:${(host.address() as AddressInfo).port}`;
  const { context } = await openProfile({ baseURL });
  const page = await context.newPage();
  await page.goto("/");

  const rounds: Raw[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(
      await page.evaluate(
        async ({ records, size, name }) => {
          const asked = performance.now();
          const all = new Uint8Array(await (await fetch("/bytes")).arrayBuffer());
          const transfer = performance.now() - asked;

          const answer = <T>(request: IDBRequest<T>) =>
            new Promise<T>((resolve, reject) => {
              request.onsuccess = () => resolve(request.result);
              request.onerror = () => reject(request.error);
            });
          const opening = indexedDB.open(name, 1);
          opening.onupgradeneeded = () => opening.result.createObjectStore("records");
          const database = await answer(opening);

          const began = performance.now();
          const writing = database.transaction("records", "readwrite", { durability: "relaxed" });
          const store = writing.objectStore("records");
          for (let index = 0; index < records; index += 1) store.put(all.slice(index * size, (index + 1) * size), index);
          await new Promise((resolve, reject) => {
            writing.oncomplete = resolve;
            writing.onabort = () => reject(writing.error);
          });
          const put = performance.now() - began;

          const reading = performance.now();
          const rows = await answer(database.transaction("records").objectStore("records").getAll());
          const getAll = performance.now() - reading;
          if (rows.length !== records) throw new Error(`${rows.length} rows came back`);

          database.close();
          await answer(indexedDB.deleteDatabase(name));
          return { transfer, put, getAll };
        },
        { records: RECORDS, size: BYTES, name: `raw-${round}` },
      ),
    );
  }
  host.closeAllConnections();
  host.close();

  const what = `${RECORDS} x ${BYTES} random bytes`;
  const floor = {
    transfer: median(rounds.map((round) => round.transfer)),
    put: median(rounds.map((round) => round.put)),
    getAll: median(rounds.map((round) => round.getAll)),
  };
  await record("raw_transfer_ms", floor.transfer, `loopback, ${what}`);
  await record("raw_idb_put_ms", floor.put, `one row each, one transaction, ${what}`);
  await record("raw_idb_get_all_ms", floor.getAll, what);
  return floor;
}
