import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The protocol that is spoken here. */
const subprotocol = 'graphql-transport-ws'

/** Why a request is no WebSocket's beginning: the status line's text, and headers. */
export interface HandshakeFault {
  readonly status: string
  readonly headers: Readonly<Record<string, string>>
}

const isKey = /^[+/0-9A-Za-z]{22}==$/
/** Proves that the server speaks WebSocket (https://www.rfc-editor.org/rfc/rfc6455#section-1.3). */
const keySuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

function hasToken(header: string | undefined, token: string): boolean {
  return header?.split(',').some((part) => part.trim().toLowerCase() === token) ?? false
}

const bad: HandshakeFault = { status: '400 Bad Request', headers: {} }
const notGet: HandshakeFault = { status: '405 Method Not Allowed', headers: { allow: 'GET' } }
const otherVersion: HandshakeFault = {
  status: '426 Upgrade Required',
  headers: { upgrade: 'websocket', 'sec-websocket-version': '13' },
}

/** What is wrong with an opening handshake (https://www.rfc-editor.org/rfc/rfc6455#section-4.2.1). */
export function handshakeFault({
  method,
  httpVersion,
  headers,
}: IncomingMessage): HandshakeFault | undefined {
  if (method !== 'GET') return notGet
  if (httpVersion === '1.0' || !hasToken(headers.connection, 'upgrade')) return bad
  if (headers.upgrade?.toLowerCase() !== 'websocket') return bad
  if (headers['sec-websocket-version'] !== '13') return otherVersion
  return isKey.test(headers['sec-websocket-key'] ?? '') ? undefined : bad
}

/** Whether the client speaks our protocol, among others perhaps. */
export function offersProtocol({ headers }: IncomingMessage): boolean {
  const offered = headers['sec-websocket-protocol']
  return offered?.split(',').some((name) => name.trim() === subprotocol) ?? false
}

/** The answer that makes the connection a WebSocket. Whatever extensions are offered, none is taken. */
export function handshakeAnswer(request: IncomingMessage): string {
  const key = `${request.headers['sec-websocket-key']}${keySuffix}`
  return [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
    ...(offersProtocol(request) ? [`Sec-WebSocket-Protocol: ${subprotocol}`] : []),
    '\r\n',
  ].join('\r\n')
}
