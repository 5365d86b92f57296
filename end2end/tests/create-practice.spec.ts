import { Ampoule, PRACTICE } from "../support/ampoule.ts";
import { started } from "../support/start.ts";
import { expect, test } from "../support/test.ts";
import { words } from "../support/words.ts";

test("the owner creates a practice, keeps the kit and is in @tablet", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  const kit = await ampoule.createPractice();
  expect(kit.groups.length).toBeGreaterThan(5);
  await ampoule.confirmKit(kit);
  await expect(page.getByRole("navigation", { name: words.common.nav.label })).toBeVisible();
  await ampoule.expectSynced();
});

test("the kit is asked for again until it was confirmed", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  const kit = await ampoule.createPractice();
  await page.reload();
  await started(page);
  await ampoule.tryUnlock(PRACTICE.password);
  await ampoule.confirmKit(kit);
  await ampoule.expectUnlocked();
});

test("a group of the kit that was typed wrong is not accepted", async ({ page }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  const kit = await ampoule.createPractice();
  await ampoule.typeKitGroups({ ...kit, groups: kit.groups.map(() => "00000") });
  await expect(page.getByText(words.onboarding.kit.group_differs).first()).toBeVisible();
  await expect(page.getByRole("navigation", { name: words.common.nav.label })).toBeHidden();
  await ampoule.confirmKit(kit);
  await ampoule.expectUnlocked();
});

test("a weak password is refused before anything is made", async ({ page, server }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.fillPractice({ ...PRACTICE, password: "password1" });
  await ampoule.submitPractice();
  await expect(page.getByText(words.common.failure.weak_password)).toBeVisible();
  const state = await page.request.get(`${server.url}/v1/state`);
  expect(state.ok()).toBe(true);
});

test("a second practice cannot be made on the same server", async ({ page, newDevice }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  const other = new Ampoule(await newDevice());
  await other.open();
  await other.expectSignIn();
});
