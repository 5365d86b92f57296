// The `test` of all specs: a server, a watched browser and further devices for each test.
import { test as base, type BrowserContext, type Page, chromium as browserType, expect } from "@playwright/test";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { browserArguments, chromium } from "./environment.ts";
import { Server } from "./server.ts";
import { Watch } from "./watch.ts";

interface Profile {
  context: BrowserContext;
  folder: string;
}

interface Fixtures {
  /** Runs before the test begins; has its own port and data folder. */
  server: Server;
  watch: Watch;
  /** A page in a further browser, with storage of its own. */
  newDevice: () => Promise<Page>;
  /** A browser whose profile is a folder on disk; installed applications and searches of the profile need one. */
  openProfile: (options?: { baseURL?: string }) => Promise<Profile>;
}

export const test = base.extend<Fixtures>({
  server: async ({}, use, info) => {
    const server = await Server.create();
    await server.start();
    await use(server);
    if (info.status !== info.expectedStatus) await info.attach("server.log", { body: server.log });
    await server.remove();
  },

  baseURL: async ({ server }, use) => {
    await use(server.url);
  },

  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    expect(watch.unexpected, "errors that the pages reported").toEqual([]);
  },

  context: async ({ context, watch, server }, use) => {
    watch.attach(context, () => [server.url]);
    await use(context);
  },

  newDevice: async ({ browser, contextOptions, viewport, baseURL, watch, server }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ ...contextOptions, viewport, baseURL });
      contexts.push(context);
      watch.attach(context, () => [server.url]);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  openProfile: async ({ viewport, locale, watch, server }, use) => {
    const opened: Profile[] = [];
    await use(async (options = {}) => {
      const baseURL = options.baseURL ?? server.url;
      const folder = await fs.mkdtemp(path.join(os.tmpdir(), "ampoule-profile-"));
      const context = await browserType.launchPersistentContext(folder, {
        executablePath: chromium,
        args: browserArguments,
        viewport,
        locale,
        baseURL,
        timeout: 30_000,
      });
      context.setDefaultTimeout(10_000);
      watch.attach(context, () => [server.url, baseURL]);
      opened.push({ context, folder });
      return { context, folder };
    });
    for (const { context, folder } of opened) {
      await context.close();
      await fs.rm(folder, { recursive: true, force: true });
    }
  },
});

export { expect };
