import type { IncomingMessage, ServerResponse } from 'node:http'
import { leanFetchHeader, leanFetchValue, type Viewer, viewerHeader } from '@headcount/access'
import { catalogue, codeOf, type ErrorCode } from '@headcount/errors'
import type { Logger } from 'pino'
import type { Documents } from './documents.ts'
import type { Call, Executor } from './execute.ts'
import { bodyBytes, readBody } from './read-body.ts'
import { documentOf, readFetch } from './read-fetch.ts'
import type { ReadViewer } from './viewers.ts'

/** Takes a request and answers true; or answers false, and then nothing of the request was touched. */
export type LeanDoor = (req: IncomingMessage, res: ServerResponse) => boolean

/** What {@link createLeanDoor} needs. */
export interface LeanDoorOptions {
  /** The service's documents. */
  readonly documents: Documents
  /** Runs them. */
  readonly executor: Executor
  /** Reads the header of the viewer. */
  readonly readViewer: ReadViewer
  /** The service's log. */
  readonly log: Logger
}

/**
 * The short way from `POST /graphql` to the executor, for fetches that carry {@link leanFetchHeader} and a signed
 * viewer. Hot path: no Request and Response objects, no plug-ins, no streams; the answer leaves in one write.
 * Docs: `docs/decisions/lean-fetches.md`.
 */
export function createLeanDoor({ documents, executor, readViewer, log }: LeanDoorOptions): LeanDoor {
  function send(res: ServerResponse, status: number, text: string): void {
    res.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    })
    res.end(text)
  }

  function refuse(res: ServerResponse, error: unknown): void {
    const { code, message } = refusalOf(error, log)
    if (res.headersSent) return void res.destroy()
    send(res, catalogue[code].httpStatus, JSON.stringify({ errors: [{ message, extensions: { code } }] }))
  }

  async function answer(res: ServerResponse, body: Buffer | undefined, from: Caller): Promise<void> {
    try {
      const fetched = readFetch(body)
      const document = documentOf(fetched, documents)
      const { variables, operationName } = fetched
      const call: Call = { ...from, variables, operationName }
      send(res, 200, JSON.stringify(await executor.run(document, call)))
    } catch (error) {
      refuse(res, error)
    }
  }

  return (req, res) => {
    if (!isLean(req)) return false
    const viewer = readViewer(oneOf(req.headers[viewerHeader]))
    if (viewer === undefined) return false
    const from: Caller = {
      viewer: viewer === 'nobody' ? undefined : viewer,
      requestId: oneOf(req.headers['x-request-id']) ?? '',
    }
    readBody(req, bodyBytes, (body) => void answer(res, body, from))
    return true
  }
}

interface Caller {
  readonly viewer: Viewer | undefined
  readonly requestId: string
}

/** Errors of the catalogue are ours to tell; others are logged and leave without their text. */
function refusalOf(error: unknown, log: Logger): { readonly code: ErrorCode; readonly message: string } {
  const code = codeOf(error)
  if (code && error instanceof Error) return { code, message: error.message }
  log.error({ err: error }, 'a fetch could not be answered')
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side.' }
}

const jsonTypes: ReadonlySet<string | undefined> = new Set([
  'application/json',
  'application/json; charset=utf-8',
])

function isLean({ method, headers }: IncomingMessage): boolean {
  return (
    headers[leanFetchHeader] === leanFetchValue &&
    method === 'POST' &&
    jsonTypes.has(headers['content-type']) &&
    headers['content-encoding'] === undefined
  )
}

function oneOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined
}
