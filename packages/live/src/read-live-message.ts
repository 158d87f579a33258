import type { LiveMessage } from './topics.ts'

/** The message in what RedisPubSub parsed (text where it was no JSON), or undefined where it has not the form. */
export function readLiveMessage(raw: unknown): LiveMessage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  if (!('seq' in raw) || !('asOf' in raw)) return undefined
  const { seq, asOf } = raw
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return undefined
  if (typeof asOf !== 'string' || Number.isNaN(Date.parse(asOf))) return undefined
  return 'data' in raw ? { seq, asOf, data: raw.data } : { seq, asOf }
}
