import type { BrokenOperation, ChangeUsage, Evidence, SchemaChange } from '@headcount/registry-api'

/** What a report's words need to know beside the change. */
export interface Wording {
  readonly evidence: Evidence | undefined
  readonly now: Date
}

const mostNamed = 4
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })

/**
 * Who is hit by a breaking change, in plain words, one sentence a line; empty for any other. `breaks 3 published operations
 * of dashboard; 12,300 requests of ios 2.1 in 30 days, last 4 min ago`.
 */
export function usageWords(change: SchemaChange, wording: Wording): string[] {
  if (!change.usage || !change.verdict) return []
  return [...verdictWords(change, change.usage, wording), ...acknowledgedWords(change)]
}

function verdictWords({ verdict }: SchemaChange, usage: ChangeUsage, wording: Wording): string[] {
  const hit = hitWords(usage, wording)
  if (verdict === 'unused') {
    return hit
      ? [`unused: it ${hit}, which the settings’ thresholds do not count`]
      : [unusedWords(wording.evidence)]
  }
  if (hit) return [`${verdict}: it ${hit}`, ...operationNames(usage)]
  return [`${verdict}: nobody knows who uses it, since no traffic is recorded and clients may send anything`]
}

function unusedWords(evidence: Evidence | undefined): string {
  const looked = [
    ...(evidence?.publishedOperations ? [counted(evidence.publishedOperations, 'published operation')] : []),
    ...(evidence?.since
      ? [`${counted(evidence.requests, 'request')} in ${counted(evidence.days, 'day')}`]
      : []),
  ]
  return `unused: it breaks none of ${looked.join(' and ') || 'the operations that clients may send'}`
}

function hitWords(
  { operations, operationCount, requests, percent, lastSeenAt }: ChangeUsage,
  wording: Wording,
): string {
  if (operationCount === 0) return ''
  const published = operations.filter(({ source }) => source === 'published')
  const parts: string[] = []
  if (published.length > 0) {
    const more = operationCount > operations.length ? 'at least ' : ''
    parts.push(
      `breaks ${more}${counted(published.length, 'published operation')}${of(publishers(published))}`,
    )
  }
  if (requests > 0) {
    const share = percent === null ? '' : ` (${number.format(percent)} % of all)`
    const days = wording.evidence ? ` in ${counted(wording.evidence.days, 'day')}` : ''
    const last = lastSeenAt === null ? '' : `, last ${agoWords(lastSeenAt, wording.now)}`
    parts.push(
      `${parts.length > 0 ? '' : 'breaks '}${counted(requests, 'request')}${of(askers(operations))}${share}${days}${last}`,
    )
  }
  return parts.join('; ')
}

function acknowledgedWords({ acknowledged }: SchemaChange): string[] {
  if (!acknowledged) return []
  const { isExpired, until, reason } = acknowledged
  return [
    isExpired
      ? `its acknowledgement expired after ${until}: ${reason}`
      : `acknowledged until ${until}: ${reason}`,
  ]
}

function operationNames({ operations, operationCount }: ChangeUsage): string[] {
  const named = operations.slice(0, mostNamed).map(({ name, id }) => name ?? id.slice(0, 12))
  const rest = operationCount - named.length
  return [`operations: ${named.join(', ')}${rest > 0 ? ` and ${number.format(rest)} more` : ''}`]
}

function publishers(operations: readonly BrokenOperation[]): string[] {
  return unique(operations.flatMap(({ clients }) => clients.map(({ name }) => name || 'no client')))
}

/** Clients by name and version, the busiest first. */
function askers(operations: readonly BrokenOperation[]): string[] {
  const requests = new Map<string, number>()
  for (const client of operations.flatMap(({ clients }) => clients)) {
    if (client.requests === 0) continue
    const name = [client.name || 'a client without a name', client.version].filter(Boolean).join(' ')
    requests.set(name, (requests.get(name) ?? 0) + client.requests)
  }
  return [...requests].sort(([, a], [, b]) => b - a).map(([name]) => name)
}

function of(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ')
  const rest = names.length - mostNamed
  return names.length === 0 ? '' : ` of ${shown}${rest > 0 ? ` and ${rest} more` : ''}`
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}

const units = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const

function agoWords(time: string, now: Date): string {
  const passedMs = now.getTime() - Date.parse(time)
  for (const [unit, unitMs] of units) {
    const count = Math.floor(passedMs / unitMs)
    if (count >= 1) return unit === 'day' ? `${counted(count, unit)} ago` : `${count} ${unit} ago`
  }
  return 'just now'
}

/** `1 request`, `12,300 requests`. */
export function counted(count: number, noun: string): string {
  return `${number.format(count)} ${noun}${count === 1 ? '' : 's'}`
}
