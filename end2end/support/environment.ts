// What xtask tells the tests: where the built server, its site and the browser are.
import path from "node:path";

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start the tests with \`cargo xtask test --only browser\``);
  return value;
}

export const serverProgram = () => required("AMPOULE_SERVER");
/** `crates/api/examples/tamper.rs`, built. */
export const tamperProgram = () => required("AMPOULE_TAMPER");
export const siteFolder = () => required("AMPOULE_SITE");
export const chromium = process.env.AMPOULE_CHROMIUM ?? "/usr/bin/chromium";
export const output = process.env.AMPOULE_OUTPUT ?? path.resolve(import.meta.dirname, "../test-results");
export const workspace = path.resolve(import.meta.dirname, "../..");

/** Arguments of every browser: nothing of its own goes over the network, and it runs as root in a container. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
