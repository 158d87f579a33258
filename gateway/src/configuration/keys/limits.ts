import { defaultLimits, type Limits } from '../../limits.ts'
import { required, withDefault } from '../field.ts'
import { choice, integer } from '../scalars.ts'
import { group, optional } from '../structures.ts'

type Counted = { [K in keyof Limits]: Limits[K] extends number ? K : never }[keyof Limits]

function limit(name: Counted, doc: string, unit?: string) {
  const field = integer({ doc, minimum: 1, maximum: 1_000_000_000, ...(unit !== undefined && { unit }) })
  return withDefault(defaultLimits[name], field)
}

const cost = optional(
  group('What an operation’s fields may cost together, by `@cost` and `@listSize`. Absent = not computed.', {
    maximum: required(integer({ doc: 'The most that it may cost.', minimum: 1, maximum: 1_000_000_000 })),
    defaultListSize: withDefault(
      10,
      integer({ doc: 'Length that a list without `@listSize` counts as.', minimum: 0, maximum: 1_000_000 }),
    ),
    mode: withDefault(
      'enforce',
      choice('Whether an operation that costs more is refused, or only counted.', ['enforce', 'measure']),
    ),
  }),
)

/** What a request may cost before any work is done for it. */
export const limitsKeys = group(
  'What a request may cost. What goes over it is refused before it makes work.',
  {
    bodyBytes: limit('bodyBytes', 'Body of a request; the rest is not read (413).', 'bytes'),
    tokens: limit('tokens', 'Lexical tokens of a document.'),
    nesting: limit('nesting', 'Brackets within brackets in a document, its variables or a body.'),
    depth: limit('depth', 'Fields within fields, fragments unfolded.'),
    aliases: limit('aliases', 'Aliased and repeated fields, fragments unfolded.'),
    directives: limit('directives', 'Directives, fragments unfolded.'),
    rootFields: limit('rootFields', 'Fields of the operation itself, fragments unfolded.'),
    fields: limit('fields', 'All fields, fragments unfolded.'),
    cost,
    requestsInProgress: limit(
      'requestsInProgress',
      'Requests under way at once in one process; more are turned away (503).',
    ),
    requestMs: limit('requestMs', 'Time for one request (504).', 'milliseconds'),
    liveConnections: limit('liveConnections', 'WebSockets and event streams open at once in one process.'),
    operationsPerConnection: limit(
      'operationsPerConnection',
      'Operations under way on one WebSocket or event stream.',
    ),
    messageBytes: limit('messageBytes', 'One WebSocket message; a longer one closes the socket.', 'bytes'),
    knownDocuments: limit('knownDocuments', 'Documents kept parsed and validated, in one process.'),
    plans: limit('plans', 'Plans and their compiled programs kept, in one process.'),
  },
)
