// Synthetic patients as FHIR R4 bundles: nobody real, and words that occur nowhere else, so that a search for them is sharp.
export interface Person {
  given: string;
  family: string;
  birthDate: string;
  gender: "female" | "male" | "other" | "unknown";
  number: string;
}

export interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** The patient whose chart the journeys open. */
export const TOMASZ: Person = {
  given: "Tomasz",
  family: "Wierzchosławski",
  birthDate: "1958-10-25",
  gender: "male",
  number: "MB-0958",
};

/** What stands in Tomasz's chart and in no other. */
export const CHART = {
  allergy: "Quillaja bark extract",
  reaction: "Throat swelling",
  problem: "Zirconium pneumoconiosis",
  medicine: "Lumatrexine 10 mg tablet",
  dosage: "1 tablet in the morning, with water",
  systolic: 147,
  diastolic: 83,
  vaccine: "Varquivac booster",
} as const;

export const DOLORES: Person = {
  given: "Dolores",
  family: "Quintanilla Reyes",
  birthDate: "1962-02-09",
  gender: "female",
  number: "MB-0388",
};

export const ELEFTHERIA: Person = {
  given: "Ελευθερία",
  family: "Παπακωνσταντίνου",
  birthDate: "1938-07-17",
  gender: "female",
  number: "MB-0105",
};

export const SUHAYLA: Person = {
  given: "سُهيلة",
  family: "المرزوقي",
  birthDate: "1979-06-02",
  gender: "female",
  number: "MB-0815",
};

export const EVERYBODY = [TOMASZ, DOLORES, ELEFTHERIA, SUHAYLA];

/** One file for each patient; Tomasz's has a whole chart. */
export function everybody(): File[] {
  return EVERYBODY.map((person) => file(`${person.number}.json`, person === TOMASZ ? wholeChart(person) : bundle(patient(person))));
}

/** Many plain patients in one file; names differ by their number. */
export function crowd(count: number): File {
  const people = Array.from({ length: count }, (_, index) =>
    patient({
      given: ["Ada", "Bram", "Chiara", "Dmitri", "Esi"][index % 5],
      family: `Crowd-${String(index).padStart(5, "0")}`,
      birthDate: `${1930 + (index % 80)}-0${1 + (index % 9)}-1${index % 9}`,
      gender: index % 2 ? "female" : "male",
      number: `CR-${index}`,
    }),
  );
  return file("crowd.json", bundle(...people));
}

export function file(name: string, content: unknown): File {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { name, mimeType: "application/json", buffer: Buffer.from(text) };
}

export function bundle(...resources: object[]): object {
  return { resourceType: "Bundle", type: "collection", entry: resources.map((resource) => ({ resource })) };
}

export function patient(person: Person): object {
  return {
    resourceType: "Patient",
    id: person.number.toLowerCase(),
    identifier: [
      {
        type: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0203", code: "MR" }] },
        system: "https://millbridge.example/patients",
        value: person.number,
      },
    ],
    name: [{ use: "official", family: person.family, given: [person.given] }],
    gender: person.gender,
    birthDate: person.birthDate,
  };
}

function wholeChart(person: Person): object {
  const id = person.number.toLowerCase();
  const subject = { reference: `Patient/${id}` };
  const concept = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }], text: display });
  const snomed = "http://snomed.info/sct";
  const loinc = "http://loinc.org";
  const active = (kind: string) => ({
    coding: [{ system: `http://terminology.hl7.org/CodeSystem/${kind}-clinical`, code: "active" }],
  });
  const pressure = (at: string, systolic: number, diastolic: number, index: number) => ({
    resourceType: "Observation",
    id: `${id}-bp-${index}`,
    status: "final",
    category: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "vital-signs" }] }],
    code: concept(loinc, "85354-9", "Blood pressure panel"),
    subject,
    effectiveDateTime: at,
    component: [
      { code: concept(loinc, "8480-6", "Systolic"), valueQuantity: { value: systolic, unit: "mmHg", system: "http://unitsofmeasure.org", code: "mm[Hg]" } },
      { code: concept(loinc, "8462-4", "Diastolic"), valueQuantity: { value: diastolic, unit: "mmHg", system: "http://unitsofmeasure.org", code: "mm[Hg]" } },
    ],
  });
  return bundle(
    patient(person),
    {
      resourceType: "AllergyIntolerance",
      id: `${id}-allergy`,
      clinicalStatus: active("allergyintolerance"),
      criticality: "high",
      code: concept(snomed, "0000001", CHART.allergy),
      patient: subject,
      reaction: [{ manifestation: [{ text: CHART.reaction }], severity: "severe" }],
    },
    {
      resourceType: "Condition",
      id: `${id}-problem`,
      clinicalStatus: active("condition"),
      code: concept(snomed, "0000002", CHART.problem),
      subject,
      onsetDateTime: "2011-03",
    },
    {
      resourceType: "MedicationRequest",
      id: `${id}-medicine`,
      status: "active",
      intent: "order",
      medicationCodeableConcept: { text: CHART.medicine },
      subject,
      authoredOn: "2026-09-01",
      dosageInstruction: [{ text: CHART.dosage }],
    },
    pressure("2026-08-03T09:15:00+02:00", 139, 79, 1),
    pressure("2026-10-27T10:24:00+01:00", CHART.systolic, CHART.diastolic, 2),
    {
      resourceType: "Immunization",
      id: `${id}-vaccine`,
      status: "completed",
      vaccineCode: { text: CHART.vaccine },
      patient: subject,
      occurrenceDateTime: "2025-11-04",
    },
  );
}

/** Files as they come from other systems and from broken transfers. */
export const BAD_FILES = {
  truncated: file("truncated.json", JSON.stringify(bundle(patient(DOLORES))).slice(0, -40)),
  notFhir: file("shopping.json", { milk: 2, bread: 1 }),
  empty: file("empty.json", ""),
  xml: { name: "patient.xml", mimeType: "application/xml", buffer: Buffer.from('<Patient xmlns="http://hl7.org/fhir"><id value="1"/></Patient>') },
  utf16: { name: "utf16.json", mimeType: "application/json", buffer: Buffer.from(`\ufeff${JSON.stringify(bundle(patient(DOLORES)))}`, "utf16le") },
  compressed: { name: "export.json.gz", mimeType: "application/gzip", buffer: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]) },
  deep: file("deep.json", `{"resourceType":"Patient","extension":${"[".repeat(5_000)}${"]".repeat(5_000)}}`),
} satisfies Record<string, File>;

/** One good patient among entries that cannot be taken. */
export function partlyBroken(person: Person): File {
  return file("partly.json", {
    resourceType: "Bundle",
    type: "collection",
    entry: [{ resource: patient(person) }, { fullUrl: "urn:uuid:0" }, { resource: { resourceType: "NoSuchThing" } }, { resource: 7 }],
  });
}
