// The service worker: makes one build of Ampoule start without its server. It keeps code, never data: nothing below /v1/
// passes through it. One build is one cache; a page never mixes files of two builds:
//   - files below /pkg/ are named by their content;
//   - a page that the server made for another build is not shown: the kept empty shell is, until the person accepts the
//     new version;
//   - a new version waits (no skipWaiting of its own) and replaces the old cache only when it becomes active.
"use strict";

const BUILD = "BUILD_ID";
const FILES = ["FILES"];

const CACHE = `ampoule-${BUILD}`;
const SHELL = "/offline.html";
const START = "/pkg/start.js";
// A server that does not answer within this time is as good as none.
const PATIENCE_MS = 1200;

self.addEventListener("install", (event) => {
  event.waitUntil(keepFiles());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith("ampoule-") && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || request.method !== "GET" || url.pathname.startsWith("/v1/")) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(url.pathname)) event.respondWith(kept(request));
});

// All or nothing: a build that is not here completely is never installed. Files of the same name in the old cache are the
// same bytes and are not fetched again.
async function keepFiles() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    FILES.map(async (path) => {
      const held = path.startsWith("/pkg/") ? await caches.match(path) : undefined;
      if (held) return cache.put(path, held);
      const answer = await fetch(path, { cache: path.startsWith("/pkg/") ? "default" : "reload" });
      if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
      return cache.put(path, answer);
    }),
  );
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

async function page(request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(request, { signal: patience.signal });
    if (!answer.headers.get("content-type")?.startsWith("text/html")) return answer;
    const text = await answer.clone().text();
    if (text.includes(START)) return answer;
  } catch {
    // No server, or too slow.
  } finally {
    clearTimeout(timer);
  }
  const cache = await caches.open(CACHE);
  return (await cache.match(SHELL)) ?? Response.error();
}
