// What the server says about every page and file, before any script runs.
import { expect, test } from "../support/test.ts";

const policyOf = (value: string) =>
  new Map(value.split(";").map((part) => part.trim().split(/\s+/)).map(([name, ...sources]) => [name, sources]));

test("pages carry a strict content security policy", async ({ request }) => {
  const headers = (await request.get("/")).headers();
  const policy = policyOf(headers["content-security-policy"] ?? "");
  expect(policy.get("default-src"), "nothing is allowed that is not named").toEqual(["'none'"]);
  const scripts = policy.get("script-src")?.filter((source) => !source.startsWith("'nonce-"));
  expect(scripts).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  expect(policy.get("style-src")).toEqual(["'self'"]);
  expect(policy.get("connect-src")).toEqual(["'self'"]);
  expect(policy.get("worker-src")).toEqual(["'self'"]);
  expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
  expect(policy.get("base-uri")).toEqual(["'none'"]);
  expect(policy.get("form-action")?.every((source) => source === "'none'" || source === "'self'")).toBe(true);
  expect(policy.get("require-trusted-types-for")).toEqual(["'script'"]);
  expect(policy.get("trusted-types")).toEqual(["default"]);
  for (const sources of policy.values()) {
    expect(sources).not.toContain("'unsafe-inline'");
    expect(sources).not.toContain("'unsafe-eval'");
  }
});

test("pages and files forbid sniffing, framing and referrers", async ({ request }) => {
  const assets = await (await request.get("/assets.json")).json();
  for (const path of ["/", "/v1/state", "/sw.js", "/offline.html", "/manifest.webmanifest", assets.worker, assets.js]) {
    const headers = (await request.get(path)).headers();
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("no-referrer");
    expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
    expect(headers["content-security-policy"], path).toBeTruthy();
  }
});

test("files that are named by their content may be kept for ever, all others are asked for again", async ({ request }) => {
  const page = await (await request.get("/")).text();
  const start = /\/pkg\/start\.[0-9a-f]+\.js/.exec(page)?.[0];
  expect(start).toBeTruthy();
  expect((await request.get(start!)).headers()["cache-control"]).toMatch(/max-age=31536000.*immutable/);
  for (const path of ["/", "/sw.js"]) {
    expect((await request.get(path)).headers()["cache-control"], path).toMatch(/no-cache|no-store/);
  }
});

test("each page has a nonce of its own", async ({ request }) => {
  const nonce = async () => /'nonce-([^']+)'/.exec((await request.get("/")).headers()["content-security-policy"])?.[1];
  const [one, other] = [await nonce(), await nonce()];
  if (one !== undefined) expect(one).not.toBe(other);
});

test("a name that is not this server's is not served", async ({ request, server }) => {
  const answer = await request.get("/", { headers: { host: `evil.example:${server.port}` } });
  expect(answer.status()).toBe(421);
});

test("files are sent compressed", async ({ request }) => {
  const page = await (await request.get("/")).text();
  const wasm = /\/pkg\/ampoule\.[0-9a-f]+\.wasm/.exec(page)?.[0];
  const answer = await request.get(wasm!, { headers: { "accept-encoding": "br" } });
  expect(answer.headers()["content-encoding"]).toBe("br");
  expect(answer.headers()["content-type"]).toBe("application/wasm");
});

test("a page holds no inline script of its own and no inline style @shell", async ({ page }) => {
  await page.goto("/");
  // What the renderer writes inline carries the nonce of this answer.
  expect(await page.locator("script:not([src]):not([nonce])").count()).toBe(0);
  expect(await page.locator("style, [style]").count()).toBe(0);
  const handlers = page.locator("xpath=//*[@*[starts-with(name(), 'on')]]");
  expect(await handlers.count()).toBe(0);
});

test("an unknown route of the interface is refused as a problem, not as a page", async ({ request }) => {
  const answer = await request.get("/v1/no-such-thing");
  expect(answer.status()).toBe(404);
  expect(answer.headers()["content-type"] ?? "").not.toContain("text/html");
});
