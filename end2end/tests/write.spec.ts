import { Ampoule } from "../support/ampoule.ts";
import { DOLORES, everybody, TOMASZ } from "../support/bundles.ts";
import { expect, test } from "../support/test.ts";
import { words } from "../support/words.ts";

const NOTE = "Light-headed when standing up, three days. No fall.";

test.beforeEach(async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
});

test("a note is saved, shown and still there after a lock @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.openChart(TOMASZ);
  await ampoule.writeNote("Phone call", NOTE);
  await expect(page.getByText(NOTE).first()).toBeVisible();
  await ampoule.expectSynced();
  await ampoule.lock();
  await ampoule.unlock();
  await ampoule.openChart(TOMASZ);
  await expect(page.getByText(NOTE).first()).toBeVisible();
});

test("an empty note is not saved", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.openChart(TOMASZ);
  await ampoule.startNote();
  await page.getByRole("button", { name: words.chart.note.save }).click();
  await expect(page.getByText(words.common.required)).toBeVisible();
});

test("vital signs are saved and shown @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.openChart(DOLORES);
  await ampoule.recordVitals({ systolic: "128", diastolic: "76", pulse: "71", temperature: "36.7" });
  await ampoule.openSection("vitals");
  await expect(page.getByRole("table").getByText("128").first()).toBeVisible();
});

test("an unusual value is asked about once and then saved as it is", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.openChart(DOLORES);
  await ampoule.fillVitals({ weight: "717" });
  await page.getByRole("button", { name: words.chart.vitals.save, exact: true }).click();
  await expect(page.getByText(words.chart.vitals.unusual_title)).toBeVisible();
  await page.getByRole("button", { name: words.chart.vitals.save_right }).click();
  await expect(page.getByText(words.chart.saved.vitals)).toBeVisible();
});

test("text where a number belongs is refused, and what was typed stays", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.openChart(DOLORES);
  await ampoule.fillVitals({ pulse: "about 70" });
  await page.getByRole("button", { name: words.chart.vitals.save, exact: true }).click();
  await expect(page.getByText(words.common.fault.not_a_number)).toBeVisible();
  await expect(page.getByLabel(words.chart.vitals.name.pulse)).toHaveValue("about 70");
});

test("details are changed, and the list knows it @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.openChart(DOLORES);
  await ampoule.changeDetails({ family: "Quintanilla Ríos", phone: "+34 600 000 000" });
  await expect(ampoule.chartName({ ...DOLORES, family: "Quintanilla Ríos" })).toBeVisible();
  await ampoule.goTo("patients");
  await ampoule.search("rios");
  await expect(ampoule.row({ ...DOLORES, family: "Quintanilla Ríos" })).toBeVisible();
});

test("text that was not saved is not lost by leaving", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.openChart(TOMASZ);
  await ampoule.startNote();
  await page.getByLabel(words.chart.note.text, { exact: true }).fill(NOTE);
  await page.keyboard.press("Escape");
  await expect(page.getByText(words.chart.editor.discard_title)).toBeVisible();
  await page.getByRole("button", { name: words.chart.editor.keep }).click();
  await expect(page.getByLabel(words.chart.note.text, { exact: true })).toHaveValue(NOTE);
});
