// The search for plaintext is itself tested, or its silence would prove nothing.
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { grepBytes, grepFolder } from "../support/grep.ts";

const NEEDLE = "Wierzchosławski";

for (const encoding of ["utf8", "utf16le"] as const) {
  test(`a text in ${encoding} is found`, () => {
    const bytes = Buffer.concat([Buffer.from([1, 2, 3]), Buffer.from(NEEDLE, encoding), Buffer.from([0])]);
    expect(grepBytes(bytes, [NEEDLE], "here")).toHaveLength(1);
  });
}

test("a text in Latin-1 is found", () => {
  expect(grepBytes(Buffer.from("vor Zwetschgenrührer nach", "latin1"), ["Zwetschgenrührer"], "here")).toHaveLength(1);
});

for (const before of [0, 1, 2, 3]) {
  test(`a text in base64 is found after ${before} bytes`, () => {
    const bytes = Buffer.from(Buffer.from(`${"x".repeat(before)}${NEEDLE} and more`).toString("base64"));
    expect(grepBytes(bytes, [NEEDLE], "here").map((find) => find.encoding)).toContain("base64");
  });
}

test("another text is not found", () => {
  expect(grepBytes(Buffer.from("Wierzchoslawska, nothing else"), [NEEDLE], "here")).toEqual([]);
});

test("files in nested folders and names of files are searched", async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "ampoule-grep-"));
  await fs.mkdir(path.join(folder, "a/b"), { recursive: true });
  await fs.writeFile(path.join(folder, "a/b/c"), `before ${NEEDLE} after`);
  await fs.writeFile(path.join(folder, `a/${NEEDLE}.txt`), "empty");
  const finds = await grepFolder(folder, [NEEDLE]);
  await fs.rm(folder, { recursive: true });
  expect(finds.map((find) => find.where)).toEqual(expect.arrayContaining(["a/b/c", `name of a/${NEEDLE}.txt`]));
});
