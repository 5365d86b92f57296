// Opening the program and knowing that it runs.
import { expect, type Page } from "@playwright/test";

/** Opens an address and waits until the page answers. */
export async function open(page: Page, address = "/"): Promise<void> {
  await page.goto(address);
  await started(page);
}

/** The program runs in the page: what is drawn reacts. */
export async function started(page: Page): Promise<void> {
  await expect(page.locator("html[data-hydrated]")).toBeAttached({ timeout: 20_000 });
}

/** The service worker has kept all files and answers for this page. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  });
}
