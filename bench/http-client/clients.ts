import { Pool } from 'undici'
import { headerLines } from '../../gateway/src/upstream/http1/header-lines.ts'
import { Http1Pool } from '../../gateway/src/upstream/http1/http1-pool.ts'

/** Called with the answer's text, or with why there is none. */
export type Done = (error: Error | undefined, text: string) => void

/** A client of one server. */
export interface Client {
  send(done: Done): void
  close(): Promise<void>
}

/** What a client is made for. */
export interface ClientOptions {
  readonly url: string
  readonly path: string
  readonly connections: number
}

const body = JSON.stringify({
  query: 'query Me($representations: [_Any!]!) { _entities(representations: $representations) { name } }',
  variables: { representations: [{ __typename: 'Person', id: 'prs_00000001' }] },
})
const constant = { 'content-type': 'application/json', accept: 'application/json' }
/** Another value for every call, as a request's id is. */
let calls = 0
const requestId = () => `req_${String(++calls).padStart(12, '0')}`
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

function ours({ url, path, connections }: ClientOptions): Client {
  const pool = new Http1Pool({ url, connections })
  const target = pool.prepare(path, Object.entries(constant).flat())
  return {
    send(done) {
      const headers = headerLines(['x-request-id', requestId(), 'traceparent', traceparent])
      pool.request({ target, headers, body }, (error, response) => {
        if (response?.status === 200) done(undefined, response.body)
        else done(error ?? new Error(`HTTP ${response?.status}`), '')
      })
    },
    close: () => pool.close(),
  }
}

function undiciDispatch({ url, path, connections }: ClientOptions): Client {
  const pool = new Pool(url, { connections })
  return {
    send(done) {
      const pieces: Buffer[] = []
      let isGood = false
      const headers = { ...constant, 'x-request-id': requestId(), traceparent }
      pool.dispatch(
        { path, method: 'POST', headers, body },
        {
          onRequestStart() {},
          onResponseStart(_, statusCode) {
            isGood = statusCode === 200
          },
          onResponseData(_, piece) {
            pieces.push(piece)
          },
          onResponseEnd() {
            const [first] = pieces
            const bytes = pieces.length === 1 && first ? first : Buffer.concat(pieces)
            if (isGood) done(undefined, bytes.toString())
            else done(new Error('not HTTP 200'), '')
          },
          onResponseError(_, error) {
            done(error, '')
          },
        },
      )
    },
    close: () => pool.close(),
  }
}

function undiciRequest({ url, path, connections }: ClientOptions): Client {
  const pool = new Pool(url, { connections })
  const fetchText = async () => {
    const headers = { ...constant, 'x-request-id': requestId(), traceparent }
    const response = await pool.request({ path, method: 'POST', headers, body })
    const text = await response.body.text()
    if (response.statusCode !== 200) throw new Error(`HTTP ${response.statusCode}`)
    return text
  }
  return {
    send(done) {
      fetchText().then(
        (text) => done(undefined, text),
        (error: Error) => done(error, ''),
      )
    },
    close: () => pool.close(),
  }
}

/** The clients by name. */
export const clients = {
  'undici pool.request': undiciRequest,
  'undici Pool.dispatch': undiciDispatch,
  ours,
} as const

/** Name of a client. */
export type ClientName = keyof typeof clients
