import { Ampoule } from "../support/ampoule.ts";
import { DOLORES, ELEFTHERIA, everybody, SUHAYLA, TOMASZ } from "../support/bundles.ts";
import { expect, test } from "../support/test.ts";

const SEARCHES = [
  { typed: "wierz", found: TOMASZ, how: "the beginning of a family name" },
  { typed: "WIERZCHOSLAWSKI", found: TOMASZ, how: "capital letters and without accents" },
  { typed: "reyes dol", found: DOLORES, how: "parts of two names in any order" },
  { typed: "Παπακων", found: ELEFTHERIA, how: "Greek letters" },
  { typed: "المرزوقي", found: SUHAYLA, how: "Arabic letters" },
  { typed: "MB-0388", found: DOLORES, how: "the number" },
  { typed: "1938-07-17", found: ELEFTHERIA, how: "the birth date" },
];

test("patients are found while one types @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.goTo("patients");
  for (const { typed, found, how } of SEARCHES) {
    await test.step(how, async () => {
      await ampoule.search(typed);
      await expect(ampoule.row(found)).toBeVisible();
      await expect(ampoule.rows()).toHaveCount(1);
    });
  }
  await ampoule.search("nobody of this name");
  await expect(ampoule.rows()).toHaveCount(0);
  await ampoule.search("");
  await expect(ampoule.rows()).toHaveCount(4);
});

test("the keyboard alone leads from the search to the chart", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.goTo("patients");
  await page.keyboard.press("/");
  await page.keyboard.type("quintan");
  await expect(ampoule.rows()).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(ampoule.chartName(DOLORES)).toBeVisible();
});

test("a patient who is not in the list is added by hand @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.addPatient(ELEFTHERIA);
  await ampoule.goTo("patients");
  await ampoule.search("παπα");
  await expect(ampoule.row(ELEFTHERIA)).toBeVisible();
  await ampoule.expectSynced();
});
