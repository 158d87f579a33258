import { defaultUpstream } from '../../upstream-options.ts'
import { type Field, required, withDefault } from '../field.ts'
import { boolean, choice, existingFile, integer, textLike, url } from '../scalars.ts'
import { group, list, map, optional } from '../structures.ts'
import { headerRules } from './headers.ts'

const ms = (doc: string, minimum: number, maximum: number) =>
  integer({ doc, minimum, maximum, unit: 'milliseconds' })

/** Gives a key its default where all subgraphs are meant; one subgraph's own keys fall back to those. */
type WithDefault = <T>(
  fallback: T & NonNullable<unknown>,
  field: Field<T | undefined>,
) => Field<T | undefined>

const tls = optional(
  group(
    'TLS towards the subgraph.',
    {
      caFile: existingFile('Certificates (PEM) of the authorities that count, instead of the usual ones.'),
      certFile: existingFile('Certificate (PEM) that the gateway shows.'),
      keyFile: existingFile('Its key (PEM).'),
    },
    { onlyWith: { certFile: 'keyFile', keyFile: 'certFile' } },
  ),
)

const health = optional(
  group('Checks of each replica; one that fails gets no fetches until it is well. Absent = none.', {
    path: textLike(
      'Path that answers 2xx; absent = the query `{ __typename }` at its address.',
      'a path as /health',
      /^\/\S*$/,
    ),
    intervalMs: withDefault(5_000, ms('Time between two checks of one replica.', 100, 600_000)),
  }),
)

function trafficKeys(orElse: WithDefault) {
  return {
    timeoutMs: orElse(defaultUpstream.timeoutMs, ms('Time for one attempt; then it has failed.', 1, 600_000)),
    connections: orElse(
      defaultUpstream.connections,
      integer({
        doc: 'Connections to one address at most; further fetches wait for one.',
        minimum: 1,
        maximum: 10_000,
      }),
    ),
    keepAliveMs: orElse(
      defaultUpstream.keepAliveMs,
      ms('How long an idle connection is kept. Shorter than the subgraph keeps its own.', 1, 600_000),
    ),
    retry: group('Repeating fetches that came to no answer: of queries alone.', {
      attempts: orElse(
        defaultUpstream.retry.attempts,
        integer({ doc: 'Repetitions after the first attempt.', minimum: 0, maximum: 10 }),
      ),
      backoffMs: orElse(
        defaultUpstream.retry.backoffMs,
        ms('Pause before the first repetition; it doubles with each, with jitter.', 0, 60_000),
      ),
    }),
    breaker: group('Sparing a subgraph that fails: its fetches are refused at once.', {
      isEnabled: orElse(defaultUpstream.breaker.isEnabled, boolean('Whether there is one.')),
      failures: orElse(
        defaultUpstream.breaker.failures,
        integer({
          doc: 'Failures in a row that open it: transport faults, time-outs and 5xx, not GraphQL errors.',
          minimum: 1,
          maximum: 1_000,
        }),
      ),
      halfOpenAfterMs: orElse(
        defaultUpstream.breaker.halfOpenAfterMs,
        ms('How long it is open before one fetch may try.', 100, 600_000),
      ),
    }),
    health,
    http2: orElse(defaultUpstream.http2, boolean('Whether HTTP/2 is spoken where TLS offers it.')),
    leanFetches: orElse(
      defaultUpstream.leanFetches,
      boolean('Whether the subgraph knows lean fetches (documents by hash): Headcount’s own do.'),
    ),
    subscriptions: orElse(
      defaultUpstream.subscriptions,
      choice(
        'How it is subscribed to for fields without `@topic`: by event streams, or a shared WebSocket.',
        ['sse', 'websocket'],
      ),
    ),
    subscriptionsIdleMs: ms(
      'Silence, signs of life included, after which a subscription’s connection is given up; absent = never.',
      100,
      3_600_000,
    ),
    tls,
  }
}

/** How all subgraphs are asked. */
export const upstreamKeys = group(
  'How subgraphs are asked, unless one has a key of its own in `subgraphs`.',
  trafficKeys(withDefault),
)

const replicas = list(
  'Its addresses, when there are several.',
  group('One address.', {
    url: required(url('Address of its GraphQL endpoint.')),
    weight: withDefault(1, integer({ doc: 'Its share beside the others’.', minimum: 1, maximum: 1_000 })),
  }),
  { minimum: 1 },
)

/** How single subgraphs are asked. */
export const subgraphKeys = map(
  'Single subgraphs, by their names in the supergraph. What is absent is as in `upstream`.',
  group(
    'One subgraph.',
    {
      url: url('Its address; absent = the one in the supergraph.'),
      replicas,
      subscriptionsUrl: url('Where subscriptions go; absent = where fetches go.', [
        'http',
        'https',
        'ws',
        'wss',
      ]),
      ...trafficKeys((_fallback, field) => ({ ...field, fallback: 'as upstream' })),
      headers: headerRules('Rules for this subgraph, after those for all.'),
    },
    { atMostOneOf: ['url', 'replicas'] },
  ),
)

/** Rules about headers for all subgraphs. */
export const headersKeys = withDefault(
  [],
  headerRules(
    'What of a request is handed to every subgraph: rules, in their order. Headers of the connection never are.',
  ),
)

/** Making one of identical reads. */
export const deduplicationKeys = group('Identical reads that are under way at once.', {
  upstream: withDefault(
    true,
    boolean(
      'Whether identical fetches of queries are one, when the others come within a second of the first.',
    ),
  ),
  inbound: withDefault(
    false,
    boolean(
      'Whether identical queries of clients with the same viewer and forwarded headers are one, when the others come within a second of the first.',
    ),
  ),
})
