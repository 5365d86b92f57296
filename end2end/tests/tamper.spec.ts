// A server that lies: its database is altered while it is stopped. Devices refuse what does not fit, say so, and keep what
// they had.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { Ampoule } from "../support/ampoule.ts";
import { CHART, DOLORES, everybody, TOMASZ } from "../support/bundles.ts";
import { tamperProgram } from "../support/environment.ts";
import { expect, test } from "../support/test.ts";
import { anyOf, words } from "../support/words.ts";

const ALARMS = {
  flip: [words.common.alarm.envelope_altered],
  swap: [words.common.alarm.envelope_misplaced, words.common.alarm.envelope_altered],
  replay: [words.common.alarm.envelope_altered, words.common.alarm.withheld_one],
  withhold: [words.common.alarm.withheld_one, words.common.alarm.withheld_other],
} as const;

for (const [attack, alarms] of Object.entries(ALARMS)) {
  test(`a server that does this to entries is noticed: ${attack}`, async ({ page, server, newDevice, watch }) => {
    test.setTimeout(120_000);
    const first = new Ampoule(page);
    await first.open();
    await first.enter();
    await first.importFiles(everybody());
    const second = new Ampoule(await newDevice());
    await second.open();
    await second.signIn(first.kit);
    await second.expectSynced();

    // The second device is away while the first one writes.
    watch.expectsOutage();
    await second.page.context().setOffline(true);
    await first.openChart(TOMASZ);
    await first.writeNote("One", "The first of three notes.");
    await first.writeNote("Two", "The second of three notes.");
    await first.openChart(DOLORES);
    await first.writeNote("Three", "The third of three notes.");
    await first.expectSynced();
    await server.stop();
    await tamper(attack, server.data);
    await server.start();
    await second.page.context().setOffline(false);

    const alarm = alarms.map((text) => second.page.getByText(anyOf(text))).reduce((one, other) => one.or(other));
    await expect(alarm.first()).toBeVisible({ timeout: 15_000 });
    await second.openChart(TOMASZ);
    await expect(second.page.getByText(CHART.allergy).first(), "what was here is kept").toBeVisible();
  });
}

test("a server that goes back to an older state is noticed by the device that saw the newer one", async ({ page, server, watch }) => {
  const ampoule = new Ampoule(page);
  await ampoule.open();
  await ampoule.enter();
  await ampoule.importFiles(everybody());
  await ampoule.openChart(TOMASZ);
  await ampoule.writeNote("Last", "The note that the server loses.");
  await ampoule.expectSynced();
  watch.expectsOutage();
  await server.stop();
  await tamper("rollback", server.data);
  await server.start();
  await expect(page.getByText(words.common.alarm.rolled_back)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText("The note that the server loses.").first(), "it is still here").toBeVisible();
});

async function tamper(attack: string, data: string): Promise<void> {
  await promisify(execFile)(tamperProgram(), [attack, path.join(data, "ampoule.db")], { timeout: 30_000 });
}
