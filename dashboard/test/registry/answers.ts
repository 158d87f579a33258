import { readFileSync } from 'node:fs'
import type {
  CheckRecord,
  CheckSummary,
  CompositionHint,
  ContractSummary,
  CoordinateUsage,
  OperationUsage,
  OperationUsageDetail,
  SchemaChange,
  UnusedAnswer,
  VersionDetail,
  VersionSummary,
} from '@headcount/registry-api'
import { manifest } from '../manifest.ts'
import { describedGraph } from './described-graph.ts'
import { operationAt } from './operation.ts'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()

const graph = describedGraph()
const hash = (seed: string) => seed.repeat(64).slice(0, 64)

const removed: SchemaChange = {
  ...{
    level: 'breaking',
    code: 'FIELD_REMOVED',
    schema: 'api',
    subgraph: 'events',
    coordinate: 'Event.slug',
  },
  message: 'Field "slug" was removed from object type "Event".',
  reason: 'Operations that ask for it are refused.',
  place: { subgraph: 'events', file: 'subgraphs/events/schema.graphql', line: 41, column: 3 },
  verdict: 'used',
  usage: {
    operations: [
      {
        ...{ source: 'traffic', name: 'Events', id: hash('e') },
        clients: [
          { name: 'headcount-dashboard', version: '0.1.0', requests: 182_113, lastSeenAt: ago(40_000) },
          { name: 'venue-app', version: '7.2.1', requests: 412, lastSeenAt: ago(3 * DAY_MS) },
        ],
      },
      {
        ...{ source: 'published', name: 'EventAtAddress', id: hash('a') },
        clients: [{ name: 'headcount-dashboard', version: '0.1.0', requests: 0, lastSeenAt: null }],
      },
    ],
    ...{ operationCount: 2, requests: 182_525, percent: 4.25, lastSeenAt: ago(40_000) },
  },
}
const changes: readonly SchemaChange[] = [
  removed,
  {
    ...{ level: 'breaking', code: 'FIELD_ARGUMENT_REMOVED', schema: 'api', coordinate: 'Query.events.first' },
    message: 'Argument "first: Int" was removed from field "Query.events".',
    verdict: 'acknowledged',
    acknowledged: { reason: 'The only app that sent it is gone.', until: '2027-01-31', isExpired: false },
  },
  {
    ...{ level: 'breaking', code: 'ENUM_VALUE_REMOVED', schema: 'api', coordinate: 'GateStatus.PAUSED' },
    ...{ message: 'Enum value "PAUSED" was removed from enum "GateStatus".', verdict: 'unused' },
  },
  {
    ...{ level: 'dangerous', code: 'ENUM_VALUE_ADDED', schema: 'api', coordinate: 'EventStatus.SOLD_OUT' },
    message: 'Enum value "SOLD_OUT" was added to enum "EventStatus".',
    reason: 'An app that knows the other values alone may not know what to do with it.',
  },
  {
    ...{ level: 'safe', code: 'FIELD_ADDED', schema: 'api', coordinate: 'Event.address' },
    message: 'Field "address" was added to object type "Event".',
  },
]
const counts = { breaking: 3, dangerous: 1, safe: 1, errors: 0 }
const none = { breaking: 0, dangerous: 0, safe: 0, errors: 0 }

const hints: readonly CompositionHint[] = [
  {
    ...{ code: 'INCONSISTENT_DESCRIPTION', level: 'warning' },
    message: 'Element "RateLimited" has inconsistent descriptions across subgraphs: the one of auth is used.',
    places: [
      { subgraph: 'auth', file: 'subgraphs/auth/schema.graphql', line: 88, column: 1 },
      { subgraph: 'gates', file: 'subgraphs/gates/schema.graphql', line: 612, column: 1 },
    ],
  },
]

function version(number: number, more: Partial<VersionSummary> = {}): VersionSummary {
  const days = 13 - number
  return {
    ...{ number, at: ago(days * DAY_MS), kind: 'publish', by: 'ci', author: 'Ada', commit: hash('4f1c09ab') },
    ...{ message: null, changed: ['events'], composes: true, isLive: false, liveSince: ago(days * DAY_MS) },
    ...{ rollsBackTo: null, counts: { ...none, safe: 2 } },
    ...more,
  }
}

const versions: readonly VersionSummary[] = [
  version(13, {
    ...{
      at: ago(2 * HOUR_MS),
      composes: false,
      liveSince: null,
      changed: ['gates'],
      counts: { ...none, errors: 2 },
    },
    message: 'Gates know which lane is express',
  }),
  version(12, { isLive: true, counts, message: 'Addresses of venues' }),
  version(11, {
    kind: 'rollback',
    rollsBackTo: 9,
    changed: ['events', 'participants'],
    author: null,
    by: 'on-call',
  }),
  version(10, { changed: ['participants'], counts: { ...none, dangerous: 1 } }),
  version(9, { kind: 'remove', changed: ['legacy-tickets'], counts: { ...none, breaking: 4 } }),
  ...[8, 7, 6, 5, 4, 3, 2, 1].map((number) => version(number)),
]

function versionDetail(number: number): VersionDetail | undefined {
  const summary = versions.find((one) => one.number === number)
  if (!summary) return undefined
  return {
    ...summary,
    subgraphs: graph.subgraphs.map(({ name, url }, index) => ({
      ...{ name, url, hash: hash(`${index}b7`), since: index === 1 ? number : 1 },
    })),
    errors: summary.composes
      ? []
      : [
          {
            code: 'INVALID_FIELD_SHARING',
            message:
              'Non-shareable field "Gate.isExpress" is resolved from multiple subgraphs: it is resolved from subgraphs "events" and "gates" and defined as non-shareable in all of them',
            ...{ subgraph: 'gates', file: 'subgraphs/gates/schema.graphql', line: 213, column: 3 },
            hint: 'Let one subgraph answer the field, or mark it @shareable in both.',
            related: [{ subgraph: 'events', file: 'subgraphs/events/schema.graphql', line: 97, column: 3 }],
          },
          {
            code: 'SATISFIABILITY_ERROR',
            message:
              'The following supergraph API query:\n{\n  gates {\n    lane {\n      name\n    }\n  }\n}\ncannot be satisfied by the subgraphs.',
            related: [],
          },
        ],
    hints: summary.composes ? hints : [],
    changes: summary.counts.breaking > 0 ? changes : summary.counts.safe > 0 ? changes.slice(-1) : [],
    supergraphHash: summary.composes ? hash('9c') : null,
    contracts: [
      { name: 'partners', hash: hash('7d'), errors: [] },
      { name: 'kiosk', hash: null, errors: ['The contract hides every field of Query.'] },
    ],
  }
}

const checks: readonly CheckSummary[] = [
  {
    ...{
      id: 'c-3',
      at: ago(600_000),
      by: 'ci',
      base: 12,
      subgraphs: ['events'],
      outcome: 'breaking',
      counts,
    },
    context: { commit: hash('ab12'), branch: 'drop-slugs', author: 'Grace', url: 'https://git.test/pulls/7' },
  },
  {
    ...{ id: 'c-2', at: ago(HOUR_MS), by: 'ci', base: 12, subgraphs: ['gates'], outcome: 'not-composed' },
    counts: { ...none, errors: 2 },
    context: { branch: 'express-lanes', author: 'Linus' },
  },
  {
    ...{ id: 'c-1', at: ago(5 * DAY_MS), by: 'ci', base: 11, subgraphs: ['events'], outcome: 'safe' },
    counts: { ...none, safe: 1 },
    context: {},
  },
]

function checkRecord(id: string): CheckRecord | undefined {
  const summary = checks.find((check) => check.id === id)
  const isComposed = summary?.outcome !== 'not-composed'
  return (
    summary && {
      ...summary,
      report: {
        outcome: summary.outcome,
        errors: isComposed ? [] : (versionDetail(13)?.errors ?? []),
        hints: isComposed ? hints : [],
        changes: summary.outcome === 'breaking' ? changes : isComposed ? changes.slice(-1) : [],
        lint: isComposed
          ? [
              {
                ...{ rule: 'DESCRIPTION_MISSING', level: 'warning', coordinate: 'Event.address' },
                message: 'Say what it is, in a sentence.',
                place: { subgraph: 'events', file: 'subgraphs/events/schema.graphql', line: 52, column: 3 },
              },
            ]
          : [],
        evidence: {
          ...{ days: 30, since: ago(29 * DAY_MS), requests: 4_294_112, publishedOperations: 16 },
          isComplete: true,
        },
        notes: ['Subscriptions are weighed by how often they began.'],
      },
    }
  )
}

const operations: readonly OperationUsage[] = Object.entries(manifest).map(([documentId, text], index) => {
  const [, kind = 'query', name = ''] = /^(\w+) (\w+)/.exec(text) ?? []
  return operationAt(name, {
    id: documentId.slice(7),
    kind: kind as OperationUsage['kind'],
    documentId: index === 0 ? null : documentId,
    requests: Math.round(200_000 / (index + 1) ** 1.6),
    errors: index % 4 === 1 ? 12 : 0,
    ...{ p50Ms: 2 + index, p95Ms: 9 + index * 4, p99Ms: index === 15 ? null : 40 + index * 90 },
    ...{ firstSeenAt: ago(29 * DAY_MS), lastSeenAt: ago(index * index * 3 * 60_000) },
    clients: index % 5 === 0 ? ['headcount-dashboard', 'venue-app', ''] : ['headcount-scanner'],
  })
})

function operationDetail(id: string, days: number): OperationUsageDetail | undefined {
  const operation = operations.find((one) => one.id === id)
  const isHourly = days <= 3
  const bucketMs = isHourly ? HOUR_MS : DAY_MS
  const last = Math.floor(Date.now() / bucketMs) * bucketMs
  const count = isHourly ? days * 24 : days
  const series = Array.from({ length: count }, (_, index) => {
    const wave = Math.round(400 + 380 * Math.sin(index / 3))
    return {
      at: new Date(last - (count - 1 - index) * bucketMs).toISOString(),
      ...{ requests: wave, errors: index % 7 === 0 ? 30 : 0, p95Ms: 10 + (index % 5) * 3 },
    }
  })
  return (
    operation && {
      ...operation,
      text: manifest[`sha256:${id}`] ?? '',
      coordinates: [
        'Query.events',
        'Query.events.first',
        'Event.id',
        'Event.name',
        'Event.slug',
        'Event.status',
      ],
      series: series.filter((_, index) => index % 6 !== 4),
    }
  )
}

const coordinates = graph.types.flatMap((type) => [
  ...type.fields.map((field) => ({ coordinate: `${type.name}.${field.name}`, owners: field.owners, field })),
])
const used: readonly CoordinateUsage[] = coordinates
  .filter((_, index) => index % 3 !== 0)
  .map(({ coordinate }, index) => ({
    ...{ coordinate, requests: 90_000 - index * 100, lastSeenAt: ago(index * 90_000) },
    clients: index % 4 === 0 ? ['headcount-dashboard', 'venue-app', ''] : ['headcount-scanner'],
  }))
const unused: UnusedAnswer = {
  ...{ days: 30, since: ago(29 * DAY_MS) },
  coordinates: coordinates
    .filter((_, index) => index % 3 === 0)
    .map(({ coordinate, owners, field }, index) => ({
      ...{ coordinate, owners, isDeprecated: field.deprecationReason !== null, isPublished: index % 9 === 0 },
    })),
}

const contracts: readonly ContractSummary[] = [
  {
    ...{ name: 'partners', include: ['public'], exclude: [], hidesUnreachable: true },
    ...{ servedVersion: 12, hash: hash('7d'), errors: [] },
  },
  {
    ...{ name: 'kiosk', include: [], exclude: ['internal', 'pii'], hidesUnreachable: false },
    ...{ servedVersion: 11, hash: hash('6d'), errors: ['The contract hides every field of Query.'] },
  },
]

const page = <Item>(items: readonly Item[]) => ({ items, before: null })
const apiText = readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8')

/** What a registry would answer, `undefined` = it has no such thing; texts as they are. */
export function registryAnswer(path: string, query: URLSearchParams): unknown {
  const [list, id, part] = path.split('/').filter(Boolean)
  const days = Number(query.get('days') ?? 30)
  switch (list) {
    case 'graph':
      return graph
    case 'contracts':
      return contracts
    case 'checks':
      return id === undefined ? page(checks) : checkRecord(id)
    case 'versions':
      if (part === 'diff') return diffOf(query.get('schema') ?? 'api')
      return id === undefined ? page(versions) : versionDetail(Number(id))
    case 'usage':
      if (id === 'coordinates') return used
      if (id === 'unused') return unused
      return part === undefined ? page(operations) : operationDetail(part, days)
    default:
      return undefined
  }
}

function diffOf(schema: string): string {
  if (schema === 'supergraph') return ''
  const lines = apiText.split('\n').slice(300, 312)
  const [name, other] = schema === 'api' ? ['api.graphql', ''] : ['events.graphql', 'gates.graphql']
  const hunk = `@@ -301,12 +301,13 @@\n${lines.map((line) => ` ${line}`).join('\n')}\n`
    .replace(
      /\n (.*)\n/,
      (_, line) =>
        `\n-${line}\n+${line} # said better, in a line that is long enough to leave the screen of a phone on its right side\n+  address: Address\n`,
    )
    .replace('-301,12 +301,13', '-301,12 +301,13')
  const file = `--- a/${name}\n+++ b/${name}\n${hunk}`
  return other ? `${file}--- a/${other}\n+++ b/${other}\n${hunk}` : file
}
