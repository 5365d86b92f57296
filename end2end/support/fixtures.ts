// Files that other systems wrote: those that the workspace holds, and the complete sources if AMPOULE_FHIR_DATA names them.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { File } from "./bundles.ts";
import { workspace } from "./environment.ts";

export function fixtures(source: string, root = path.join(workspace, "crates/record/fixtures")): File[] {
  const folder = path.join(root, source);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, mimeType: "application/json", buffer: readFileSync(path.join(folder, name)) }));
}

/** Paths of the complete source, or of the committed part of it: a hundred megabytes are chosen, not handed over. */
export function complete(source: string): string[] {
  const folder = path.join(process.env.AMPOULE_FHIR_DATA ?? path.join(workspace, "crates/record/fixtures"), source);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => path.join(folder, name));
}
