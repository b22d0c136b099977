// Keeps the door's page for a reload while the server is away; only over https that is trusted here.
// It keeps the page without anybody's name and the files it is made of, and nothing that was answered.
"use strict";
const KEPT = "door-1";
const PAGE = "/clock/";
const SHELL = "/clock/shell";

async function keep() {
  const page = await fetch(SHELL, { credentials: "same-origin" });
  if (!page.ok || page.redirected) return;
  const kept = await caches.open(KEPT);
  const parts = [...(await page.clone().text()).matchAll(/(?:src|href)="(\/static\/[^"#]+)/g)].map(([, part]) => part);
  await kept.put(PAGE, page);
  await Promise.all([...new Set(parts)].map(async (part) => {
    const found = await fetch(part);
    if (found.ok) await kept.put(part, found);
  }));
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  const page = mode === "navigate" && pathname === PAGE;
  if (method !== "GET" || origin !== self.location.origin || !(page || pathname.startsWith("/static/"))) return;
  event.respondWith(fetch(event.request).then((answer) => {
    if (page && answer.ok && !answer.redirected) event.waitUntil(keep());
    return answer;
  }).catch(async () => (await caches.match(page ? PAGE : event.request)) || Response.error()));
});
