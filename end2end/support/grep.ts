// Looks for plaintext where none may be: in folders and in recorded bytes, in every encoding that hides a text from a plain
// search and from nobody else.
import fs from "node:fs/promises";
import path from "node:path";

export interface Find {
  needle: string;
  encoding: string;
  where: string;
}

/** The byte patterns of a text. Base64 depends on where the text starts within three bytes, so there are three. */
export function patterns(needle: string): [encoding: string, bytes: Buffer][] {
  const utf8 = Buffer.from(needle, "utf8");
  const list: [string, Buffer][] = [
    ["UTF-8", utf8],
    ["UTF-16LE", Buffer.from(needle, "utf16le")],
    ["UTF-16BE", Buffer.from(needle, "utf16le").swap16()],
    ["percent", Buffer.from(encodeURIComponent(needle))],
    ["hexadecimal", Buffer.from(utf8.toString("hex"))],
  ];
  // How browsers store text that needs no more than one byte a character.
  const isLatin1 = [...needle].every((character) => character.codePointAt(0)! < 256);
  const latin1 = Buffer.from(needle, "latin1");
  if (isLatin1 && !latin1.equals(utf8)) list.push(["Latin-1", latin1]);
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), utf8]);
    // Whole groups of three bytes alone are independent of what stands before and after.
    const from = before === 0 ? 0 : 4;
    const to = Math.floor(padded.length / 3) * 4;
    const text = padded.toString("base64").slice(from, to);
    if (text.length >= 6) {
      list.push(["base64", Buffer.from(text)]);
      const url = text.replaceAll("+", "-").replaceAll("/", "_");
      if (url !== text) list.push(["base64url", Buffer.from(url)]);
    }
  }
  return list;
}

export function grepBytes(bytes: Buffer, needles: string[], where: string): Find[] {
  const finds: Find[] = [];
  for (const needle of needles) {
    for (const [encoding, pattern] of patterns(needle)) {
      if (bytes.includes(pattern)) finds.push({ needle, encoding, where });
    }
  }
  return finds;
}

export async function grepFolder(folder: string, needles: string[]): Promise<Find[]> {
  const finds: Find[] = [];
  for (const file of await files(folder)) {
    const where = path.relative(folder, file);
    finds.push(...grepBytes(Buffer.from(where), needles, `name of ${where}`));
    finds.push(...grepBytes(await fs.readFile(file), needles, where));
  }
  return finds;
}

export async function files(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
