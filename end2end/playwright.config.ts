import { defineConfig } from "@playwright/test";
import { shared } from "./support/options.ts";

export default defineConfig(shared, {
  testDir: "tests",
  globalTimeout: 40 * 60_000,
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    {
      // The journeys that people make on tablets, held upright and with a finger.
      name: "tablet",
      grep: /@tablet/,
      use: { viewport: { width: 768, height: 1024 }, hasTouch: true, deviceScaleFactor: 2 },
    },
    {
      // What the server sends, before any script runs.
      name: "shell",
      grep: /@shell/,
      use: { viewport: { width: 1024, height: 768 }, javaScriptEnabled: false },
    },
  ],
});
