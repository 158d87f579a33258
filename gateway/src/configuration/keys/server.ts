import { otherwise, withDefault } from '../field.ts'
import { boolean, choice, headerName, integer, origin, preflightedHeaderName, textLike } from '../scalars.ts'
import { group, list, switchOrGroup } from '../structures.ts'

const path = textLike('Path of the endpoint.', 'a path as /graphql', /^\/[\w./-]+$/)

const compression = switchOrGroup(
  boolean('Whether answers are compressed for clients that accept it. Off where a proxy in front does it.'),
  group('How.', {
    minimumBytes: withDefault(
      1_024,
      integer({
        doc: 'Shorter answers go as they are.',
        minimum: 0,
        maximum: 10_485_760,
        unit: 'bytes',
      }),
    ),
    encodings: withDefault(
      ['br', 'gzip'],
      list('Encodings, the preferred first.', choice('One encoding.', ['br', 'gzip']), { minimum: 1 }),
    ),
  }),
)

const batching = group('Several operations in one request, as a JSON list.', {
  isEnabled: withDefault(false, boolean('Whether such a request is taken.')),
  maximumOperations: withDefault(
    10,
    integer({ doc: 'Operations in one request; more are refused.', minimum: 1, maximum: 1_000 }),
  ),
})

/** Where the gateway listens, and what it speaks. */
export const serverKeys = group('Where the gateway listens, and what it speaks.', {
  host: otherwise('127.0.0.1', textLike('Address to listen at.', 'an address or a name', /^[\w.:-]+$/)),
  port: otherwise(
    '4000, or PORT',
    integer({ doc: 'TCP port; 0 takes a free one.', minimum: 0, maximum: 65_535 }),
  ),
  path: withDefault('/graphql', path),
  workers: otherwise(
    'one a core',
    integer({ doc: 'Processes that share the port; 1 = this one alone.', minimum: 1, maximum: 256 }),
  ),
  drainTimeoutMs: withDefault(
    10_000,
    integer({
      doc: 'How long requests under way may take when the gateway is told to stop; then they are cut off.',
      minimum: 0,
      maximum: 600_000,
      unit: 'milliseconds',
    }),
  ),
  keepAliveTimeoutMs: withDefault(
    65_000,
    integer({
      doc: 'How long an idle connection is kept. Longer than the load balancer in front keeps its own.',
      minimum: 1_000,
      maximum: 3_600_000,
      unit: 'milliseconds',
    }),
  ),
  compression: withDefault(false, compression),
  batching,
  introspection: withDefault(false, boolean('Whether the schema may be asked for.')),
  graphiql: otherwise(
    'as introspection',
    boolean('Whether a browser is served GraphiQL at the path; never where trusted documents are locked.'),
  ),
  requestIdHeader: withDefault(
    'x-request-id',
    headerName('Header that a request’s id comes in by (or it is made) and goes out by.'),
  ),
})

/** What pages of other sites may do. */
export const corsKeys = group('What browser pages of other sites may do.', {
  origins: otherwise(
    'none, or HEADCOUNT_CORS_ORIGINS',
    list('Origins that may read answers, exactly as browsers send them.', origin('One origin.')),
  ),
  allowsCredentials: withDefault(false, boolean('Whether they may send cookies.')),
  headers: withDefault(
    [],
    list('Headers that they may send, beside those that GraphQL clients send.', headerName('One header.')),
  ),
  maxAgeSeconds: withDefault(
    600,
    integer({
      doc: 'How long browsers keep the answer to a preflight.',
      minimum: 0,
      maximum: 86_400,
      unit: 'seconds',
    }),
  ),
})

/** Protection against requests that another site makes a browser send. */
export const csrfKeys = group('Protection from requests that another site makes a browser send.', {
  isEnabled: withDefault(
    true,
    boolean('Whether a GET with a document needs a header that only a preflight lets through.'),
  ),
  requiredHeaders: otherwise(
    'authorization, apollo-require-preflight, x-apollo-operation-name, x-graphql-event-stream-token',
    list(
      'Headers of which one must be there; given, the list takes the default’s place.',
      preflightedHeaderName('One header.'),
      {
        minimum: 1,
      },
    ),
  ),
})
