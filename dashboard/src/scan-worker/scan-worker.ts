// The service worker of `/scan`: with it the page opens without a network. Built to one file, `/scan-worker.js`, into
// which vite.config.ts writes the names of the page's files. It never sees `/graphql`: what it does not know, it leaves
// to the browser.
import { fileFor, oldCaches } from './page-files.ts'

/** `/scan` and the files that it is made of. */
declare const __PAGE_FILES__: readonly string[]
/** Another one for each build. */
declare const __PAGE_VERSION__: string

/** The part of a service worker's world that is used here; TypeScript has its types only in place of a page's. */
interface LifeEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void
}
interface AskEvent extends Event {
  readonly request: Request
  respondWith: (answer: Promise<Response>) => void
}
interface WorkerScope {
  skipWaiting: () => Promise<void>
  readonly clients: { claim: () => Promise<void> }
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: AskEvent) => void): void
}

const scope = globalThis as unknown as WorkerScope

scope.addEventListener('install', (event) => {
  event.waitUntil(keepFiles().then(() => scope.skipWaiting()))
})

scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOldFiles().then(() => scope.clients.claim()))
})

scope.addEventListener('fetch', (event) => {
  const { method, url, mode } = event.request
  const file = fileFor(new URL(url), { files: __PAGE_FILES__, isPage: mode === 'navigate' })
  if (method === 'GET' && file !== undefined) event.respondWith(keptOrFetched(file, event.request))
})

/** All or nothing: a page that lacks a file is worse than the one before it. */
async function keepFiles(): Promise<void> {
  const cache = await caches.open(__PAGE_VERSION__)
  await cache.addAll(__PAGE_FILES__.map((file) => new Request(file, { cache: 'reload' })))
}

/** The version before is kept for a window that was opened with it. */
async function dropOldFiles(): Promise<void> {
  const old = oldCaches(await caches.keys(), __PAGE_VERSION__)
  await Promise.all(old.map((name) => caches.delete(name)))
}

async function keptOrFetched(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(__PAGE_VERSION__)
  return (await cache.match(file)) ?? (await caches.match(request)) ?? fetch(request)
}
