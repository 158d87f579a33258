/**
 * Headers that no rule sends: those of one connection (https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1), and those
 * that the gateway writes itself for each fetch.
 */
const neverSent = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** What follows one request through systems and changes no answer. */
const traces =
  /^(?:traceparent|tracestate|b3|x-b3-.+|x-request-id|x-correlation-id|x-amzn-trace-id|x-cloud-trace-context|uber-trace-id|sentry-trace)$/

const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
// What the gateway and the services of the platform tell each other, nobody else may; and what opened a client's
// WebSocket says nothing to a subgraph, but would spoil the gateway's own.
const ours = /^(?:x-headcount|sec-websocket)-/
const badInValue = /[^\t\x20-\x7e\x80-\xff]/

/** Whether it is the name of a header (https://www.rfc-editor.org/rfc/rfc9110#section-5.1), in lower case. */
export const isHeaderName = (name: string) => token.test(name)

/** Whether a rule may put the header on a fetch. */
export const isSendable = (name: string) => !neverSent.has(name) && !ours.test(name)

/** Whether a header names a request or a trace. */
export const isTrace = (name: string) => traces.test(name)

/** Whether a text can be a header's value, a byte a character. */
export const isHeaderValue = (value: string) => !badInValue.test(value)

/**
 * Whether a header of the client's would begin another header or request where it is written. Node's parser has refused
 * such values already, and gives a byte a character; this is done for each fetch, and three searches for one character
 * take a tenth of the time that a regular expression takes over a long token.
 */
export const hasLineBreak = (value: string) =>
  value.includes('\n') || value.includes('\r') || value.includes('\0')
