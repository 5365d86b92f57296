// The words that people read, from the files that the pages take them from.
import chart from "../../app/locales/en/chart.json" with { type: "json" };
import common from "../../app/locales/en/common.json" with { type: "json" };
import device from "../../app/locales/en/device.json" with { type: "json" };
import imports from "../../app/locales/en/import.json" with { type: "json" };
import onboarding from "../../app/locales/en/onboarding.json" with { type: "json" };
import patients from "../../app/locales/en/patients.json" with { type: "json" };

export const words = { chart, common, device, imports, onboarding, patients };

/** A text with its places filled in: `fill("{{ count }} files", { count: 3 })`. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(values[name]));
}

/** Matches a text whatever stands in its places. */
export function anyOf(text: string): RegExp {
  const fixed = text.split(/\{\{\s*\w+\s*\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(fixed.join(".*?"));
}
