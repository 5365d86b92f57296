import { defineConfig } from "@playwright/test";
import { shared } from "./support/options.ts";

export default defineConfig(shared, {
  testDir: "bench",
  testMatch: "*.bench.ts",
  timeout: 30 * 60_000,
  globalTimeout: 90 * 60_000,
  use: { trace: "off", screenshot: "off" },
});
