// Away from the server: the network is off, or the server is dead. Both are ordinary, and neither loses anything.
import { Ampoule } from "../support/ampoule.ts";
import { everybody, TOMASZ } from "../support/bundles.ts";
import { installed } from "../support/start.ts";
import { expect, test } from "../support/test.ts";
import { words } from "../support/words.ts";

const NOTE = "Seen at home, no server in reach.";

for (const outage of ["network", "server"] as const) {
  test(`work goes on without the ${outage} and reaches it later @tablet`, async ({ page, context, server, watch, newDevice }) => {
    test.setTimeout(120_000);
    const ampoule = new Ampoule(page);
    await ampoule.open();
    await ampoule.enter();
    await ampoule.allowOffline();
    await ampoule.importFiles(everybody());
    await ampoule.expectSynced();
    await installed(page);

    watch.expectsOutage();
    if (outage === "network") await context.setOffline(true);
    else await server.kill();
    await expect(ampoule.syncChip()).toContainText(words.common.sync.offline, { timeout: 2_000 });

    await page.reload();
    await ampoule.unlock();
    await ampoule.openChart(TOMASZ);
    await ampoule.writeNote("Home visit", NOTE);
    await expect(ampoule.syncChip()).toContainText(/1 to send/);

    await page.reload();
    await ampoule.unlock();
    await ampoule.openChart(TOMASZ);
    await expect(page.getByText(NOTE).first(), "it survived a restart of the browser's page").toBeVisible();

    if (outage === "network") await context.setOffline(false);
    else await server.start();
    await ampoule.expectSynced();

    const other = new Ampoule(await newDevice());
    await other.open();
    await other.signIn(ampoule.kit);
    await other.openChart(TOMASZ);
    await expect(other.page.getByText(NOTE).first()).toBeVisible();
  });
}

test("a server that dies in the middle of an import loses nothing", async ({ page, server, watch }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.chooseFiles(everybody());
  watch.expectsOutage();
  await server.kill();
  await ampoule.startImport();
  await ampoule.goTo("patients");
  await expect(ampoule.rows()).toHaveCount(4);
  await server.start();
  await ampoule.expectSynced();
});

test("a device that may not open offline says so, and opens again with the server", async ({ page, server, watch }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await installed(page);
  watch.expectsOutage();
  await server.kill();
  await page.reload();
  await expect(page.getByText(words.onboarding.unlock.ended)).toBeVisible();
  await server.start();
  await page.getByRole("button", { name: words.common.try_again }).click();
  await ampoule.unlock();
});

test("a new device without a server is told what to do", async ({ page, server, watch, openProfile }) => {
  const { context } = await openProfile();
  const fresh = await context.newPage();
  await new Ampoule(fresh).open();
  await installed(fresh);
  watch.expectsOutage();
  await server.kill();
  await fresh.reload();
  await expect(fresh.getByRole("heading", { name: words.onboarding.stop.no_server })).toBeVisible();
  await page.close();
});
