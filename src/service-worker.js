/**
 * The studio without a network: everything that it consists of is kept when it is first opened. What is named by its content
 * (`assets/`) comes from there; the rest comes from the server as long as one answers, so that a new version is seen at once.
 * The build puts `OFFLINE`, the files and the version that they make, before this text.
 */
/* global self, caches, OFFLINE */

const cacheName = `morgana-${OFFLINE.version}`;

/** The address of the page, which is also asked for by its folder. */
const page = new URL("index.html", self.registration.scope).href;

self.addEventListener("install", (event) => {
  const files = OFFLINE.files.map((file) => new Request(new URL(file, self.registration.scope), { cache: "no-cache" }));
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(files))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("morgana-") && name !== cacheName).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/** What is kept for an address: of this version, whatever stands behind `?`. */
function kept(request) {
  const address = request.mode === "navigate" ? page : request.url;
  return caches.open(cacheName).then((cache) => cache.match(address, { ignoreSearch: true }));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  const isNamedByContent = request.url.startsWith(new URL("assets/", self.registration.scope).href);
  event.respondWith(
    isNamedByContent
      ? kept(request).then((found) => found ?? fetch(request))
      : fetch(request).catch((error) =>
          kept(request).then((found) => {
            if (found === undefined) throw error;
            return found;
          }),
        ),
  );
});
