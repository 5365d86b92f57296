import { defineConfig } from "@playwright/test";
import { shared } from "./support/options.ts";

const sizes = { portrait: [768, 1024], landscape: [1024, 768], desktop: [1440, 900] } as const;
const schemes = ["light", "dark"] as const;

export default defineConfig(shared, {
  testDir: "screens",
  testMatch: "*.screens.ts",
  timeout: 5 * 60_000,
  projects: Object.entries(sizes).flatMap(([size, [width, height]]) =>
    schemes.map((colorScheme) => ({
      name: `${size}-${colorScheme}`,
      use: { viewport: { width, height }, colorScheme, hasTouch: size !== "desktop" },
    })),
  ),
});
