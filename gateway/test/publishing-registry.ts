import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DocumentsAnswer } from '@headcount/registry-api'
import { type Handle, registryServer } from './registry-server.ts'

interface Publication {
  readonly text: string
  readonly etag: string
  readonly version: number
}

/** What is published at one path, and who waits for the next. */
class Shelf {
  publication: Publication | undefined
  readonly #waiting = new Set<() => void>()

  /** Questions that wait now. */
  get waiting(): number {
    return this.#waiting.size
  }

  publish(text: string, version = (this.publication?.version ?? 0) + 1): void {
    this.publication = { text, version, etag: `"${createHash('sha256').update(text).digest('hex')}"` }
    for (const wake of [...this.#waiting]) wake()
  }

  /** Resolves with the next publication, or when the time is over. */
  async next(waitMs: number, response: ServerResponse): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, waitMs)
    response.once('close', resolve)
    this.#waiting.add(resolve)
    await promise
    clearTimeout(timer)
    this.#waiting.delete(resolve)
  }
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: { code, message } }))
}

async function answer(shelf: Shelf, type: string, request: IncomingMessage, response: ServerResponse) {
  const known = request.headers['if-none-match']
  const waitMs = Number(new URL(request.url ?? '', 'http://a').searchParams.get('waitMs') ?? 0)
  if (waitMs > 0 && known === shelf.publication?.etag) await shelf.next(waitMs, response)
  if (response.destroyed) return
  const { publication } = shelf
  if (!publication) return refuse(response, 404, 'NOT_FOUND', 'Nothing composes yet.')
  const { etag, text, version } = publication
  if (known === etag) return response.writeHead(304, { etag }).end()
  response.writeHead(200, { etag, 'content-type': type, 'x-headcount-version': String(version) }).end(text)
}

/** A registry as its API is documented: ETags, long polls, versions, contracts, documents, tokens. */
export async function publishingRegistry(options: { readonly token?: string } = {}) {
  const shelves = new Map<string, Shelf>()
  const shelf = (path: string) => {
    const found = shelves.get(path) ?? new Shelf()
    shelves.set(path, found)
    return found
  }
  const handle: Handle = (response, request) => {
    const { pathname } = new URL(request.url ?? '', 'http://a')
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) {
      return refuse(response, 401, 'UNAUTHENTICATED', 'There is no such token.')
    }
    const type = pathname.endsWith('/documents') ? 'application/json' : 'application/graphql; charset=utf-8'
    return void answer(shelf(pathname), type, request, response)
  }
  const server = await registryServer(handle)
  const url = `${server.url}/registry`
  return {
    ...server,
    url,
    /** How it answers unless a test says otherwise. */
    handle,
    contractUrl: (name: string) => `${url}/contracts/${name}`,
    publish: (sdl: string, version?: number) => shelf('/registry/supergraph').publish(sdl, version),
    publishContract: (name: string, sdl: string) =>
      shelf(`/registry/contracts/${name}/supergraph`).publish(sdl),
    publishDocuments: (documents: DocumentsAnswer) =>
      shelf('/registry/documents').publish(JSON.stringify(documents)),
    /** Questions that wait for something new. */
    waiting: (path = '/registry/supergraph') => shelf(path).waiting,
  }
}

export type PublishingRegistry = Awaited<ReturnType<typeof publishingRegistry>>
