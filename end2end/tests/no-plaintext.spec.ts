// The promise of the product: whoever takes the server, the network or a locked tablet's disk reads nothing.
import { Ampoule, PRACTICE } from "../support/ampoule.ts";
import { CHART, DOLORES, everybody, EVERYBODY, TOMASZ } from "../support/bundles.ts";
import { grepBytes, grepFolder } from "../support/grep.ts";
import { Recorder } from "../support/recorder.ts";
import { expect, test } from "../support/test.ts";

const NOTE = "Obmurmelt seit Dienstag, kein Sturz";
/** Browsers store the first in Latin-1 and the second in UTF-16. */
const CONTROL = ["Kontrollwort Zwetschgenrührer", "Kontrollwort Żółwik"];

const clinical = [
  ...EVERYBODY.flatMap((person) => [person.family, person.given, person.number, person.birthDate]),
  CHART.allergy,
  CHART.reaction,
  CHART.problem,
  CHART.medicine,
  CHART.vaccine,
  NOTE,
  "Quintanilla Ríos",
];
const personal = [PRACTICE.password, PRACTICE.person, PRACTICE.practice];

test("no plaintext stands in the server's files, on the network or in the browser's profile", async ({ server, openProfile, watch }) => {
  test.setTimeout(180_000);
  const recorder = await Recorder.before(server);
  const { context, folder } = await openProfile({ baseURL: recorder.url });
  const page = context.pages()[0] ?? (await context.newPage());
  const ampoule = new Ampoule(page);
  await ampoule.open();
  const kit = await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.openChart(TOMASZ);
  await ampoule.writeNote("Visit", NOTE);
  await ampoule.openChart(DOLORES);
  await ampoule.changeDetails({ family: "Quintanilla Ríos" });
  await ampoule.recordVitals({ systolic: "128", diastolic: "76" });
  await ampoule.goTo("patients");
  await ampoule.search(TOMASZ.family);
  await ampoule.expectSynced();
  await ampoule.lock();

  // The positive control: the same search finds a text that was stored in plain sight.
  await page.evaluate(async (texts) => {
    const opening = indexedDB.open("control", 1);
    await new Promise((resolve, reject) => {
      opening.onupgradeneeded = () => opening.result.createObjectStore("texts");
      opening.onsuccess = resolve;
      opening.onerror = () => reject(opening.error);
    });
    const writing = opening.result.transaction("texts", "readwrite", { durability: "strict" });
    for (const [key, text] of texts.entries()) writing.objectStore("texts").put(text, key);
    await new Promise((resolve) => (writing.oncomplete = resolve));
    opening.result.close();
    await fetch("/v1/state", { headers: { "x-control": encodeURIComponent(texts.join()) } });
  }, CONTROL);
  watch.expectsOutage();
  await context.close();
  await server.stop();

  const needles = [...clinical, ...personal, kit.groups.join("-"), kit.groups.join(""), kit.groups.slice(1).join(" ")];
  await test.step("the search works", async () => {
    for (const text of CONTROL) {
      expect(await grepFolder(folder, [text]), `in the profile: ${text}`).not.toEqual([]);
      expect(grepBytes(Buffer.concat(recorder.sent), [text], "network"), `on the network: ${text}`).not.toEqual([]);
    }
  });
  await test.step("the server's files", async () => {
    expect(await grepFolder(server.data, needles)).toEqual([]);
    expect(grepBytes(Buffer.from(server.log), needles, "log")).toEqual([]);
  });
  await test.step("the network", async () => {
    expect(recorder.paths.filter((path) => path === "/v1/commits").length).toBeGreaterThan(0);
    expect(grepBytes(Buffer.concat(recorder.sent), needles, "sent")).toEqual([]);
    expect(grepBytes(Buffer.concat(recorder.received), needles, "received")).toEqual([]);
  });
  await test.step("the browser's profile", async () => {
    expect(await grepFolder(folder, needles)).toEqual([]);
  });
  await recorder.close();
});
