import { Ampoule, PRACTICE } from "../support/ampoule.ts";
import { CHART, everybody, TOMASZ } from "../support/bundles.ts";
import { expect, test } from "../support/test.ts";
import { words } from "../support/words.ts";

test("after a lock neither Back, Forward nor a reload shows anything @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.openChart(TOMASZ);
  await expect(page.getByText(CHART.allergy).first()).toBeVisible();
  await ampoule.openSection("medications");
  await ampoule.lock();

  const nothing = async () => {
    await ampoule.expectLocked();
    const text = await page.locator("html").innerHTML();
    for (const secret of [TOMASZ.family, TOMASZ.given, TOMASZ.number, CHART.allergy, CHART.medicine]) {
      expect(text).not.toContain(secret);
    }
    expect(await page.title()).not.toContain(TOMASZ.family);
  };
  await nothing();
  await page.goBack();
  await nothing();
  await page.goForward();
  await nothing();
  await page.reload();
  await nothing();
});

test("a wrong password opens nothing, the right one does", async ({ page, watch }) => {
  watch.expects(/Failed to load resource: the server responded with a status of 4/);
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.lock();
  await ampoule.tryUnlock("not the password at all");
  await expect(page.getByText(words.common.failure.wrong_password)).toBeVisible();
  await ampoule.tryUnlock(PRACTICE.password);
  await ampoule.expectUnlocked();
});

test("the worker ends with the lock, and with it everything decrypted", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  const [worker] = page.workers();
  expect(worker).toBeTruthy();
  await Promise.all([worker.waitForEvent("close"), ampoule.lock()]);
});

test("a second tab of the same browser does not open the same data twice", async ({ page, context }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  const other = await context.newPage();
  await other.goto("/");
  await expect(other.getByRole("heading", { name: words.onboarding.stop.other_tab })).toBeVisible();
  await ampoule.expectUnlocked();
});
