import { Ampoule, PRACTICE } from "../support/ampoule.ts";
import { DOLORES, everybody, TOMASZ } from "../support/bundles.ts";
import { expect, test } from "../support/test.ts";
import { fill, words } from "../support/words.ts";

test("a second device has everything, and what one writes appears on the other @tablet", async ({ page, newDevice }) => {
  test.setTimeout(120_000);
  const first = new Ampoule(page);
  await first.open();
  await first.enter();
  await first.importFiles(everybody());
  await first.expectSynced();

  const second = new Ampoule(await newDevice());
  await second.open();
  await second.signIn(first.kit);
  await second.goTo("patients");
  await expect(second.rows()).toHaveCount(4);

  await second.openChart(TOMASZ);
  await first.openChart(TOMASZ);
  await first.writeNote("Phone call", "Written on the first device.");
  await expect(second.page.getByText("Written on the first device.").first()).toBeVisible();
  await second.writeNote("Visit", "Written on the second device.");
  await expect(page.getByText("Written on the second device.").first()).toBeVisible();
});

test("a wrong password or a mistyped kit enrols nothing", async ({ page, newDevice, watch }) => {
  watch.expects(/Failed to load resource: the server responded with a status of 4/);
  const first = new Ampoule(page);
  await first.open();
  await first.enter();
  const second = new Ampoule(await newDevice());
  await second.open();
  await second.trySignIn(first.kit, `${PRACTICE.password} no`);
  await expect(second.page.getByText(words.common.failure.wrong_password)).toBeVisible();
  const groups = [...first.kit.groups];
  groups[2] = groups[2].split("").reverse().join("");
  await second.trySignIn({ ...first.kit, groups }, PRACTICE.password);
  await expect(second.page.getByText(/typing error/)).toBeVisible();
});

test("changes of different fields on both sides are merged, of the same field kept for a person", async ({
  page,
  context,
  newDevice,
  watch,
}) => {
  test.setTimeout(120_000);
  const first = new Ampoule(page);
  await first.open();
  await first.enter();
  await first.importFiles(everybody());
  await first.expectSynced();
  const second = new Ampoule(await newDevice());
  await second.open();
  await second.signIn(first.kit);
  await second.openChart(DOLORES);
  await first.openChart(DOLORES);

  watch.expectsOutage();
  await context.setOffline(true);
  await first.changeDetails({ city: "Millbridge", family: "Quintanilla Eins" });
  await second.changeDetails({ family: "Quintanilla Zwei", given: "Lola" });
  await second.expectSynced();
  await context.setOffline(false);

  const notice = fill(words.chart.conflict.notice_one, { count: 1 });
  for (const device of [first, second]) await expect(device.page.getByText(notice)).toBeVisible();
  await first.chooseVersion("Quintanilla Zwei");
  for (const device of [first, second]) await expect(device.page.getByText(notice)).toBeHidden();
  await first.startDetails();
  await expect(page.getByLabel(words.patients.form.family)).toHaveValue("Quintanilla Zwei");
  await expect(page.getByLabel(words.patients.form.given)).toHaveValue("Lola");
  await expect(page.getByLabel(words.patients.form.city)).toHaveValue("Millbridge");
});
