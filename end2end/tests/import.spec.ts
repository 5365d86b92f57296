import { Ampoule } from "../support/ampoule.ts";
import { BAD_FILES, bundle, crowd, DOLORES, everybody, EVERYBODY, file, partlyBroken, patient, TOMASZ } from "../support/bundles.ts";
import { complete, fixtures } from "../support/fixtures.ts";
import { expect, test } from "../support/test.ts";
import { fill, words } from "../support/words.ts";

test("one file for each patient is imported at once @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.goTo("patients");
  for (const person of EVERYBODY) await expect(ampoule.row(person)).toBeVisible();
  await ampoule.expectSynced();
});

test("the same file again stores nothing twice", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.importFiles(everybody());
  await expect(page.getByText(words.imports.unchanged, { exact: true })).toBeVisible();
  await ampoule.goTo("patients");
  await expect(ampoule.row(TOMASZ)).toHaveCount(1);
});

test("two thousand patients arrive, and each can be found", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles([crowd(2_000)]);
  await ampoule.goTo("patients");
  await ampoule.search("Crowd-01999");
  await expect(page.getByText("Crowd-01999")).toBeVisible();
});

for (const [name, bad] of Object.entries(BAD_FILES)) {
  test(`a file that cannot be read is refused with a reason, and stores nothing: ${name}`, async ({ page }) => {
    const ampoule = new Ampoule(page);
    await ampoule.open();
    await ampoule.enter();
    await ampoule.chooseFiles([bad]);
    // A file whose only entry is left out stands in the list of those, which opens on demand.
    await expect(page.getByText(bad.name).first()).toBeAttached();
    await expect(page.getByText(words.imports.nothing)).toBeVisible();
  });
}

test("what is good in a partly broken file is imported, and the rest is listed", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.chooseFiles([partlyBroken(DOLORES)]);
  await expect(page.getByText(/entries are left out/)).toBeVisible();
  await expect(page.getByText(words.imports.skip.no_resource).first()).toBeVisible();
  await ampoule.startImport();
  await ampoule.goTo("patients");
  await expect(ampoule.row(DOLORES)).toBeVisible();
});

test("a bad file among good ones does not keep them out", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.chooseFiles([...everybody(), BAD_FILES.truncated]);
  await expect(page.getByText(fill(words.imports.refused_title_one, { count: 1 }))).toBeVisible();
  await ampoule.startImport();
  await ampoule.goTo("patients");
  await expect(ampoule.row(TOMASZ)).toBeVisible();
});

test("markup in a name is shown as text", async ({ page }) => {
  const evil = { ...DOLORES, family: "<img src=x onerror=alert(1)>", number: "MB-0666" };
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles([file("evil.json", bundle(patient(evil)))]);
  await ampoule.goTo("patients");
  await expect(page.getByText(evil.family).first()).toBeVisible();
});

for (const source of ["synthea-r4-smart", "hl7-r4-official-examples", "ips-connectathon", "fhir-test-cases"]) {
  test(`files of another system are imported: ${source}`, async ({ page }) => {
    test.setTimeout(300_000);
    const ampoule = new Ampoule(page);
    await ampoule.open();
    await ampoule.enter();
    await page.evaluate(() => {
      const stalls: number[] = ((globalThis as unknown as { stalls: number[] }).stalls = []);
      new PerformanceObserver((list) => list.getEntries().forEach((task) => stalls.push(task.duration))).observe({ entryTypes: ["longtask"] });
    });
    await ampoule.importPaths(complete(source));
    await ampoule.goTo("patients");
    await expect(ampoule.rows().first()).toBeVisible();
    await ampoule.expectSynced(180_000);
    // The page stays alive: all the work is the worker's. (How long its stalls are is measured by the benchmark.)
    const stalls = await page.evaluate(() => (globalThis as unknown as { stalls: number[] }).stalls);
    expect(Math.max(0, ...stalls), "milliseconds that the page stood still").toBeLessThan(1_000);
  });
}

for (const source of ["wrong-version-stu3", "wrong-version-dstu2"]) {
  test(`files of another version of FHIR are refused: ${source}`, async ({ page }) => {
    const ampoule = new Ampoule(page);
    await ampoule.open();
    await ampoule.enter();
    await ampoule.chooseFiles(fixtures(source));
    await expect(page.getByText(/Export it as FHIR R4/).first()).toBeVisible();
    await expect(page.getByText(words.imports.nothing)).toBeVisible();
  });
}

test("files with broken edges of every kind break nothing", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles([...fixtures("fhir-test-cases-validator-edge"), ...everybody()]);
  await ampoule.goTo("patients");
  await expect(ampoule.row(TOMASZ)).toBeVisible();
});
