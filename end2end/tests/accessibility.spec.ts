// Every page in both languages, light and dark, as axe sees it; and what axe cannot see: the language, the focus, the title.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Ampoule } from "../support/ampoule.ts";
import { everybody, TOMASZ } from "../support/bundles.ts";
import { expect, test } from "../support/test.ts";

async function check(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`);
  expect(found, where).toEqual([]);
}

for (const language of ["en", "fr"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ locale: language === "en" ? "en-GB" : "fr-FR", colorScheme });

      test("no page has a barrier", async ({ page, newDevice }) => {
        test.setTimeout(180_000);
        const ampoule = new Ampoule(page);
        await ampoule.open();
        await expect(page.locator("html")).toHaveAttribute("lang", new RegExp(`^${language}`));
        await check(page, "create a practice");
        await ampoule.useEnglish();
        const kit = await ampoule.createPractice();
        await check(page, "the kit");
        await ampoule.confirmKit(kit);
        await ampoule.importFiles(everybody());
        await check(page, "report of an import");
        await ampoule.openChart(TOMASZ);
        const chart = new URL(page.url()).pathname;
        await ampoule.useLanguage(language);
        for (const section of ["", "/timeline", "/medications", "/vitals", "/problems", "/results", "/documents"]) {
          await ampoule.follow(`${chart.replace(/\/[a-z]+$/, "")}${section}`);
          await check(page, `chart${section}`);
        }
        for (const address of ["/patients", "/patients/new", "/import", "/device", "/limits"]) {
          await ampoule.follow(address);
          await check(page, address);
        }
        await ampoule.useEnglish();
        // The limits can be read while locked, too.
        await ampoule.follow("/patients");
        await ampoule.lock();
        await check(page, "locked");
        const other = await newDevice();
        await new Ampoule(other).open();
        await check(other, "sign in");
      });
    });
  }
}

test("each page has a title of its own and one main heading", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  const titles = new Set<string>();
  for (const place of ["patients", "import", "device", "limits"] as const) {
    await ampoule.goTo(place);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    titles.add(await page.title());
  }
  expect(titles.size).toBe(4);
});

test("half the width, as at 200 % zoom, does not scroll sideways", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await page.setViewportSize({ width: 720, height: 900 });
  await ampoule.openChart(TOMASZ);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBeLessThanOrEqual(0);
});
