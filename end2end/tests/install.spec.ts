// The program as an installed application: it starts without its server, and changes versions only when asked.
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { siteFolder } from "../support/environment.ts";
import { installed, open, started } from "../support/start.ts";
import { expect, test } from "../support/test.ts";
import { words } from "../support/words.ts";

test("the browser offers to install it", async ({ openProfile }) => {
  const { context } = await openProfile();
  const page = context.pages()[0] ?? (await context.newPage());
  await open(page);
  await installed(page);
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  const { errors, data } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? "{}");
  expect(manifest).toMatchObject({ display: "standalone", start_url: "/", lang: "en" });
  for (const icon of manifest.icons) {
    const answer = await page.request.get(icon.src);
    expect(answer.headers()["content-type"], icon.src).toBe(icon.type);
  }
});

test("it starts at any address while the server is dead @tablet", async ({ page, server, watch }) => {
  await open(page);
  await installed(page);
  watch.expectsOutage();
  await server.kill();
  for (const address of ["/", "/patients", "/no/such/page"]) {
    await page.goto(address);
    await started(page);
    await expect(page.locator("html")).toHaveAttribute("data-shell", "offline");
  }
});

test("it starts at once while the network is off @tablet", async ({ page, context, watch }) => {
  await open(page);
  await installed(page);
  watch.expectsOutage();
  await context.setOffline(true);
  await page.reload();
  await started(page);
});

test("what the service worker keeps is code and nothing of the interface to the server", async ({ page }) => {
  await open(page);
  await installed(page);
  const kept = await page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
    }
    return paths;
  });
  expect(kept).toContain("/offline.html");
  expect(kept.filter((path) => path.startsWith("/v1/") || path === "/")).toEqual([]);
});

test("a new version waits until the person accepts it, and then replaces the old one", async ({ page, server, watch }) => {
  await open(page);
  await installed(page);
  const before = await cacheNames(page);
  expect(before).toHaveLength(1);

  watch.expectsOutage();
  await server.kill();
  server.site = await newerSite();
  await server.start();
  await page.reload();
  await started(page);
  await expect(page.getByText(words.onboarding.update.title)).toBeVisible();
  expect(await cacheNames(page)).toEqual(expect.arrayContaining(before));
  expect(await usedScripts(page), "files of the old version alone").not.toContainEqual(expect.stringContaining(NEWER));

  await Promise.all([
    page.waitForEvent("load"),
    page.getByRole("button", { name: words.onboarding.update.now }).click(),
  ]);
  await started(page);
  await expect.poll(() => cacheNames(page)).toHaveLength(1);
  expect(await cacheNames(page)).not.toEqual(before);
  expect(await usedScripts(page)).toContainEqual(expect.stringContaining(NEWER));
  await fs.rm(server.site, { recursive: true });
});

test("markup and workers that are not the program's own are refused", async ({ page }) => {
  await open(page);
  const outcome = await page.evaluate(() => {
    const refused = (attempt: () => void) => {
      try {
        attempt();
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    };
    return {
      markup: refused(() => (document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>")),
      plain: refused(() => (document.createElement("div").innerHTML = "<b>anything</b>")),
      worker: refused(() => new Worker("/pkg/other.js")),
      data: refused(() => new Worker("data:text/javascript,1")),
      script: refused(() => (document.createElement("script").textContent = "1")),
      handed: "ampouleTemplates" in globalThis,
    };
  });
  expect(outcome).toEqual({ markup: true, plain: true, worker: true, data: true, script: true, handed: false });
});

const NEWER = "0123456789abcdef";

/** The same site with another start script, as a build after an edit makes it. */
async function newerSite(): Promise<string> {
  const site = await fs.mkdtemp(path.join(os.tmpdir(), "ampoule-site-"));
  await fs.cp(siteFolder(), site, { recursive: true });
  const old = JSON.parse(await fs.readFile(path.join(site, "assets.json"), "utf8")).start as string;
  const start = old.replace(/\.[0-9a-f]+\.js$/, `.${NEWER}.js`);
  await fs.rename(path.join(site, old), path.join(site, start));
  for (const name of ["sw.js", "offline.html", "assets.json"]) {
    const file = path.join(site, name);
    const text = (await fs.readFile(file, "utf8")).replaceAll(old, start);
    await fs.writeFile(file, text.replace(/const BUILD = "[^"]*"/, `const BUILD = "${NEWER}"`));
  }
  // Compressed siblings of what changed would be sent instead.
  for (const name of ["sw.js.br", "offline.html.br", "assets.json.br", `${old}.br`]) await fs.rm(path.join(site, name), { force: true });
  return site;
}

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());
const usedScripts = (page: Page) => page.locator("script[src]").evaluateAll((scripts) => scripts.map((script) => (script as HTMLScriptElement).src));
