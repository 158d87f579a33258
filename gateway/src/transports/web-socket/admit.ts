import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Cors, Parts } from '../../exchange.ts'
import type { ExtensionContext } from '../../extension.ts'
import { callHook, contextOf, ExtensionRefused } from '../../extension-refused.ts'
import { requestIdOf } from '../../steps/identify.ts'

/** Turns a request away. The HTTP server has let go of the socket: nobody else closes this end where the client keeps its own open. */
export function refuse(socket: Duplex, status: string, headers: Readonly<Record<string, string>> = {}): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n${lines.join('')}\r\n`)
}

/** Pages of this site and of the listed ones may connect; what is no browser sends no origin. */
export function isFromHere(request: IncomingMessage, { origins }: Cors): boolean {
  const { origin, host } = request.headers
  if (origin === undefined || origins.has(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** What is known of a connection before it is one. */
export interface Admitted {
  readonly requestId: string
  /** The extension's room of the request that opened it. */
  readonly opened: ExtensionContext | undefined
}

/** Lets a connection in, or not where the operator's own step refuses it. */
export function admit(
  request: IncomingMessage,
  socket: Duplex,
  { parts, enter }: { readonly parts: Parts; readonly enter: (admitted: Admitted) => void },
): void {
  const { extension, log } = parts
  const requestId = requestIdOf(request.headers[parts.requestIdHeader])
  if (!extension) {
    enter({ requestId, opened: undefined })
    return
  }
  const opened = contextOf(requestId, log)
  const asked = { method: request.method ?? 'GET', url: request.url ?? '/', headers: request.headers }
  const ask = async () => callHook(() => extension.onRequest?.(asked, opened))
  ask().then(
    () => enter({ requestId, opened }),
    (error: unknown) => {
      const status = error instanceof ExtensionRefused ? error.status : 500
      if (status === 500) log.error({ err: error, requestId }, 'onRequest of the extension failed')
      refuse(socket, `${status} ${STATUS_CODES[status] ?? 'Refused'}`)
    },
  )
}
