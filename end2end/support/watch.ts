// Every error of a page fails its test: console errors, uncaught exceptions and panics, hydration warnings, and requests to
// any other origin. A test that provokes an error names it with `expects`.
import type { BrowserContext } from "@playwright/test";

export class Watch {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];

  expects(...messages: RegExp[]): void {
    this.expected.push(...messages);
  }

  /** The server is away on purpose: the browser reports each request that fails. */
  expectsOutage(): void {
    this.expects(/Failed to load resource: net::ERR_/, /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_|EMPTY_RESPONSE|INCOMPLETE)/);
  }

  attach(context: BrowserContext, origins: () => string[]): void {
    context.on("console", (message) => {
      const text = message.text();
      const bad = message.type() === "error" || (message.type() === "warning" && /hydrat|panick|unreachable/i.test(text));
      if (bad) this.seen.push(`console ${message.type()}: ${text} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.seen.push(`uncaught: ${error.error().stack ?? error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      const own = ["data:", "blob:"].includes(url.protocol) || origins().includes(url.origin);
      if (!own) this.seen.push(`request to a third party: ${request.url()}`);
    });
  }

  get unexpected(): string[] {
    return this.seen.filter((message) => !this.expected.some((expected) => expected.test(message)));
  }
}
