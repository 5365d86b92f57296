// Pictures of every page, to be looked at by people: `cargo xtask screens`.
import path from "node:path";
import { Ampoule } from "../support/ampoule.ts";
import { everybody, TOMASZ } from "../support/bundles.ts";
import { test } from "../support/test.ts";

test("every page", async ({ page, newDevice }, info) => {
  const folder = path.join(process.env.AMPOULE_SCREENS ?? info.outputDir, info.project.name);
  let number = 0;
  const shoot = async (name: string, of = page) => {
    number += 1;
    await of.screenshot({ path: path.join(folder, `${String(number).padStart(2, "0")}-${name}.png`), animations: "disabled" });
  };

  const ampoule = new Ampoule(page);
  await ampoule.open();
  await shoot("create-practice");
  const kit = await ampoule.createPractice();
  await shoot("kit");
  await ampoule.confirmKit(kit);
  await ampoule.expectUnlocked();
  await shoot("patients-none");
  await ampoule.chooseFiles(everybody());
  await shoot("import-check");
  await ampoule.startImport();
  await shoot("import-report");
  await ampoule.goTo("patients");
  await shoot("patients");
  await ampoule.openChart(TOMASZ);
  await shoot("chart-overview");
  for (const section of ["timeline", "medications", "vitals", "problems", "results", "documents"] as const) {
    await ampoule.openSection(section);
    await shoot(`chart-${section}`);
  }
  await ampoule.startNote();
  await shoot("note");
  await page.keyboard.press("Escape");
  await ampoule.fillVitals({ weight: "71.4" });
  await shoot("vitals");
  await page.reload();
  await shoot("unlock");
  await ampoule.unlock();
  for (const place of ["import", "device", "limits"] as const) {
    await ampoule.goTo(place);
    await shoot(place);
  }
  const other = new Ampoule(await newDevice());
  await other.open();
  await shoot("sign-in", other.page);
});
