import { Ampoule } from "../support/ampoule.ts";
import { CHART, DOLORES, everybody, TOMASZ } from "../support/bundles.ts";
import { expect, test } from "../support/test.ts";
import { words } from "../support/words.ts";

test("a chart shows what was imported, allergies first @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.openChart(TOMASZ);
  const allergies = page.getByRole("region", { name: words.chart.allergy.label });
  await expect(allergies).toContainText(CHART.allergy);
  await expect(allergies).toContainText(CHART.reaction);
  for (const [section, text] of [
    ["medications", CHART.medicine],
    ["problems", CHART.problem],
    ["vitals", `${CHART.systolic}`],
  ] as const) {
    await ampoule.openSection(section);
    await expect(page.getByText(text).first()).toBeVisible();
    await expect(allergies, "allergies stay in sight").toContainText(CHART.allergy);
  }
});

test("a chart without an allergy entry says so, and never that there are none", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.openChart(DOLORES);
  await expect(page.getByText(words.chart.allergy.not_recorded)).toBeVisible();
  await expect(page.getByText(words.chart.allergy.none_known)).toBeHidden();
});

test("Back and Forward lead through charts and sections", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.openChart(TOMASZ);
  await ampoule.openSection("vitals");
  await page.goBack();
  await expect(ampoule.section("overview")).toHaveAttribute("aria-current", /.+/);
  await page.goForward();
  await expect(ampoule.section("vitals")).toHaveAttribute("aria-current", /.+/);
});
