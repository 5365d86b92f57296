// What people do with Ampoule, named by intent. Everything is found by role and label, as a person or a screen reader finds
// it; the words come from the pages' own files.
import { expect, type Locator, type Page } from "@playwright/test";
import type { File, Person } from "./bundles.ts";
import { open, started } from "./start.ts";
import { anyOf, fill, words } from "./words.ts";

export interface Practice {
  practice: string;
  person: string;
  device: string;
  password: string;
}

export const PRACTICE: Practice = {
  practice: "Mühlbrück Gemeinschaftspraxis",
  person: "Marisol Vega-Ørsted",
  device: "Tablet of the first room",
  password: "harbour lentil copper window twelve meadow",
};

/** The kit as it is on the paper. */
export interface Kit {
  groups: string[];
}

export type Place = "patients" | "import" | "device" | "limits";
export type Section = keyof typeof words.chart.tab;
type Details = Partial<Record<"given" | "family" | "birth_date" | "phone" | "email" | "address_line" | "city", string>>;
type Vitals = Partial<Record<keyof typeof VITAL_LABELS, string>>;

const { chart, common, device, imports, onboarding, patients } = words;

const VITAL_LABELS = {
  systolic: chart.vitals.name.systolic,
  diastolic: chart.vitals.name.diastolic,
  pulse: chart.vitals.name.pulse,
  oxygen: chart.vitals.name.oxygen,
  temperature: chart.vitals.name.temperature,
  weight: chart.vitals.name.weight,
  height: chart.vitals.name.height,
  respiratory_rate: chart.vitals.name.respiratory_rate,
};

const DETAIL_LABELS = { ...patients.form, address_line: patients.form.address };

export class Ampoule {
  readonly page: Page;
  /** Known once a practice was created here. */
  kit: Kit = { groups: [] };

  constructor(page: Page) {
    this.page = page;
  }

  async open(address = "/"): Promise<void> {
    await open(this.page, address);
  }

  // --- Coming in ---------------------------------------------------------------------------------------------------

  /** Creates a practice and confirms the kit: the shortest way to an open, empty device. */
  async enter(practice: Practice = PRACTICE): Promise<Kit> {
    const kit = await this.createPractice(practice);
    await this.confirmKit(kit);
    await this.expectUnlocked();
    return kit;
  }

  async createPractice(practice: Practice = PRACTICE): Promise<Kit> {
    await this.fillPractice(practice);
    await this.submitPractice();
    this.kit = await this.readKit();
    return this.kit;
  }

  async fillPractice(practice: Practice): Promise<void> {
    await this.page.getByLabel(onboarding.create.practice).fill(practice.practice);
    await this.page.getByLabel(onboarding.create.person).fill(practice.person);
    await this.page.getByLabel(onboarding.device_name).fill(practice.device);
    await this.button(common.continue_).click();
    await this.password().fill(practice.password);
    await this.page.getByLabel(onboarding.password_again, { exact: true }).fill(practice.password);
  }

  async submitPractice(): Promise<void> {
    await this.button(onboarding.create.make).click();
  }

  /** Reads the code of the kit from the screen. */
  async readKit(): Promise<Kit> {
    const code = this.page.getByRole("group", { name: onboarding.kit.code, exact: true });
    await expect(code).toBeVisible({ timeout: 20_000 });
    return { groups: await code.locator("span").allInnerTexts() };
  }

  async confirmKit(kit: Kit): Promise<void> {
    await this.typeKitGroups(kit);
    await expect(this.button(onboarding.kit.have_it)).toBeHidden();
  }

  /** Types the groups that the page asks for, and goes on. */
  async typeKitGroups(kit: Kit): Promise<void> {
    const asked = this.page.getByRole("textbox", { name: anyOf(onboarding.kit.group) });
    await expect(asked.first()).toBeVisible();
    for (const field of await asked.all()) {
      const label = await field.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent ?? "");
      await field.fill(kit.groups[Number(/\d+/.exec(label)?.[0]) - 1]);
    }
    await this.button(onboarding.kit.have_it).click();
  }

  async signIn(kit: Kit, password = PRACTICE.password): Promise<void> {
    await this.trySignIn(kit, password);
    const same = this.button(common.compare.same);
    await expect(same).toBeVisible({ timeout: 20_000 });
    await same.click();
    await this.expectUnlocked();
  }

  async trySignIn(kit: Kit, password: string): Promise<void> {
    await this.page.getByLabel(onboarding.sign_in.code, { exact: true }).fill(kit.groups.join(" "));
    await this.password().fill(password);
    await this.page.getByLabel(onboarding.device_name).fill("Second device");
    await this.button(onboarding.sign_in.open).click();
  }

  async expectSignIn(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: onboarding.sign_in.title })).toBeVisible();
  }

  async lock(): Promise<void> {
    await this.page.getByRole("button", { name: new RegExp(common.lock.lock) }).first().click();
    await this.expectLocked();
  }

  async unlock(password = PRACTICE.password): Promise<void> {
    await started(this.page);
    await this.tryUnlock(password);
    await this.expectUnlocked();
  }

  async tryUnlock(password: string): Promise<void> {
    await this.password().fill(password);
    await this.button(onboarding.unlock.open).click();
  }

  async expectLocked(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: onboarding.unlock.title })).toBeVisible();
    await expect(this.navigation()).toBeHidden();
  }

  async expectUnlocked(): Promise<void> {
    await expect(this.navigation()).toBeVisible({ timeout: 20_000 });
  }

  // --- Moving around ------------------------------------------------------------------------------------------------

  async goTo(place: Place): Promise<void> {
    const name = { patients: common.nav.patients, import: common.nav.import_, device: common.nav.device, limits: common.nav.limits };
    await this.navigation().getByRole("link", { name: name[place] }).click();
    await expect(this.page).toHaveURL(new RegExp(`/${place}`));
  }

  /** Follows an address inside the program; loading the page anew would lock it. */
  async follow(address: string): Promise<void> {
    await this.page.evaluate((path) => {
      const link = document.createElement("a");
      link.href = path;
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
    await expect(this.page).toHaveURL(new RegExp(`${address}$`));
  }

  async useLanguage(language: "en" | "fr"): Promise<void> {
    const choice = this.button(language === "en" ? common.english : common.french);
    if (!(await choice.isVisible())) {
      await this.page.getByRole("button", { name: /^(Display|Affichage)$/ }).click();
    }
    await choice.click();
    await expect(this.page.locator("html")).toHaveAttribute("lang", new RegExp(`^${language}`));
    const close = this.page.getByRole("dialog").getByRole("button", { name: /^(Close|Fermer)$/ });
    if (await close.isVisible()) await close.click();
  }

  async useEnglish(): Promise<void> {
    await this.useLanguage("en");
  }

  // --- Patients -----------------------------------------------------------------------------------------------------

  async importFiles(files: File[]): Promise<void> {
    await this.chooseFiles(files);
    await this.startImport();
  }

  /** Imports files from disk. */
  async importPaths(paths: string[]): Promise<void> {
    await this.goTo("import");
    await this.page.locator("input[type=file]").setInputFiles(paths);
    await expect(this.page.getByText(imports.reading)).toBeHidden({ timeout: 120_000 });
    await this.startImport();
  }

  /** Chooses files and waits for the report of what is in them. */
  async chooseFiles(files: File[]): Promise<void> {
    await this.goTo("import");
    const again = this.button(imports.again);
    if (await again.isVisible()) await again.click();
    await this.page.locator("input[type=file]").setInputFiles(files);
    await expect(this.page.getByText(imports.reading)).toBeHidden({ timeout: 60_000 });
  }

  async startImport(): Promise<void> {
    await this.button(new RegExp(`${anyOf(imports.start_one).source}|${anyOf(imports.start_other).source}|${imports.start_entries}`)).click();
    await expect(this.page.getByText(imports.done).first()).toBeVisible({ timeout: 120_000 });
  }

  async search(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: patients.search }).fill(text);
  }

  /** The rows of the list of patients. */
  rows(): Locator {
    return this.page.getByRole("region", { name: common.nav.patients }).getByRole("listitem");
  }

  row(person: Person): Locator {
    return this.rows().filter({ hasText: person.family });
  }

  /** Adds a patient by hand; the chart opens. */
  async addPatient(person: Person): Promise<void> {
    await this.goTo("patients");
    await this.page.getByRole("link", { name: patients.new_patient, exact: true }).click();
    await this.page.getByLabel(patients.form.given).fill(person.given);
    await this.page.getByLabel(patients.form.family).fill(person.family);
    await this.page.getByLabel(patients.form.birth_date).fill(person.birthDate);
    await this.button(patients.save).click();
    await expect(this.chartName(person)).toBeVisible();
  }

  async openChart(person: Person): Promise<void> {
    await this.goTo("patients");
    await this.search(person.family);
    await this.row(person).getByRole("link").click();
    await expect(this.chartName(person)).toBeVisible();
  }

  // --- The chart ----------------------------------------------------------------------------------------------------

  chartName(person: Person): Locator {
    return this.page.getByRole("heading", { name: new RegExp(person.family) });
  }

  section(section: Section): Locator {
    return this.page.getByRole("navigation", { name: chart.sections }).getByRole("link", { name: chart.tab[section] });
  }

  async openSection(section: Section): Promise<void> {
    await this.section(section).click();
    await expect(this.section(section)).toHaveAttribute("aria-current", /.+/);
  }

  async startNote(): Promise<void> {
    await this.button(chart.write_note).click();
    await expect(this.page.getByLabel(chart.note.text, { exact: true })).toBeVisible();
  }

  async writeNote(title: string, text: string): Promise<void> {
    await this.startNote();
    await this.page.getByLabel(chart.note.heading, { exact: true }).fill(title);
    await this.page.getByLabel(chart.note.text, { exact: true }).fill(text);
    await this.button(chart.note.save).click();
    await expect(this.page.getByText(chart.saved.note)).toBeVisible();
  }

  async fillVitals(vitals: Vitals): Promise<void> {
    await this.button(chart.record_vitals).click();
    for (const [sign, value] of Object.entries(vitals)) {
      await this.page.getByLabel(VITAL_LABELS[sign as keyof Vitals]).fill(value);
    }
  }

  async recordVitals(vitals: Vitals): Promise<void> {
    await this.fillVitals(vitals);
    await this.button(chart.vitals.save).click();
    await expect(this.page.getByText(chart.saved.vitals)).toBeVisible();
  }

  async startDetails(): Promise<void> {
    await this.button(chart.more).click();
    await this.button(chart.edit).click();
    await expect(this.page.getByLabel(patients.form.family)).toBeVisible();
  }

  async changeDetails(details: Details): Promise<void> {
    await this.startDetails();
    for (const [field, value] of Object.entries(details)) {
      await this.page.getByLabel(DETAIL_LABELS[field as keyof Details]).fill(value);
    }
    await this.button(chart.details.save).click();
    await expect(this.page.getByText(chart.saved.details)).toBeVisible();
  }

  /** Reviews the one entry that has two versions and keeps a value. */
  async chooseVersion(value: string): Promise<void> {
    await this.page.getByRole("link", { name: chart.conflict.review, exact: true }).first().click();
    const keep = fill(chart.conflict.keep, { value });
    await this.page.getByRole("radio", { name: keep }).check();
    await this.button(keep).click();
    await expect(this.page.getByText(chart.saved.choice)).toBeVisible();
  }

  // --- Where the work is --------------------------------------------------------------------------------------------

  syncChip(): Locator {
    return this.page.getByRole("status").filter({ has: this.page.getByRole("link"), visible: true }).first();
  }

  async expectSynced(timeout = 20_000): Promise<void> {
    await expect(this.syncChip()).toContainText(common.sync.saved, { timeout });
    await expect(this.syncChip()).not.toContainText(common.sync.offline);
    await expect(this.syncChip()).not.toContainText(/to send/);
  }

  /** Lets this device open without its server, for the shortest time that is offered. */
  async allowOffline(): Promise<void> {
    await this.goTo("device");
    await this.button(device.offline_change).click();
    await this.page.getByRole("group", { name: device.hours }).getByRole("button").nth(1).click();
    await this.page.getByLabel(device.password).fill(PRACTICE.password);
    await this.button(device.save).click();
    await expect(this.page.getByText(anyOf(device.offline_now)).first()).toBeVisible();
  }

  private navigation(): Locator {
    return this.page.getByRole("navigation", { name: /^(Main|Principale?)$/ });
  }

  private password(): Locator {
    return this.page.getByLabel(onboarding.password, { exact: true });
  }

  private button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }
}
