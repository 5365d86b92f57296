// What all Playwright configurations share.
import { defineConfig } from "@playwright/test";
import { browserArguments, chromium, output } from "./environment.ts";

export const shared = defineConfig({
  outputDir: `${output}/results`,
  // Two cores: a second worker would only slow down the first and its server.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list", { printSteps: false }]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: chromium, args: browserArguments, timeout: 30_000 },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    colorScheme: "light",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
