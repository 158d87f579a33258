import type { Message } from './message.ts'

/** What stands in the body; the subject stands beside it. */
export function encodeMessage({ id, organizationId, occurredAt, payload }: Message): Uint8Array {
  return Buffer.from(JSON.stringify({ id, organizationId, occurredAt, payload }))
}

/** The message, or undefined where the body is none of ours. */
export function decodeMessage(subject: string, body: Uint8Array): Message | undefined {
  const parsed = parse(Buffer.from(body).toString('utf8'))
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const { id, organizationId, occurredAt, payload } = parsed as Record<string, unknown>
  if (typeof id !== 'string' || typeof organizationId !== 'string' || typeof occurredAt !== 'string') {
    return undefined
  }
  return { id, subject, organizationId, occurredAt, payload }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
