import type { Answer } from '../setup/graph.ts'
import { type Case, type Due, type Houses, mutation } from './case.ts'

const post = (what: string, body: string, code: string, says?: RegExp): Case => ({
  what,
  ask: ({ graph }) => graph.post(body),
  due: { code, ...(says && { says }) },
})
const query = (what: string, text: string, code: string, says?: RegExp): Case =>
  post(what, JSON.stringify({ query: text }), code, says)
const asking = (what: string, text: string, code: string, says?: RegExp): Case => ({
  what,
  ask: ({ ours }) => ours.admin.send(text, { id: ours.venue.eventId }),
  due: { code, ...(says && { says }) },
})

/** Requests that are no operation of this graph. */
export const badRequests: readonly Case[] = [
  post('no JSON', 'hello', 'BAD_REQUEST'),
  post('an empty body', '', 'BAD_REQUEST'),
  post('a list', '[]', 'BAD_REQUEST'),
  query('a malformed query', '{ event(', 'GRAPHQL_PARSE_FAILED', /Syntax Error/),
  query('an empty query', '', 'GRAPHQL_PARSE_FAILED'),
  query('an unknown field', '{ weather }', 'GRAPHQL_VALIDATION_FAILED', /"weather"/),
  query(
    'an unknown argument',
    '{ events(colour: 1) { totalCount } }',
    'GRAPHQL_VALIDATION_FAILED',
    /"colour"/,
  ),
  query(
    'an unknown type of a variable',
    'query ($a: Colour) { events(after: $a) { totalCount } }',
    'GRAPHQL_VALIDATION_FAILED',
    /"Colour"/,
  ),
  query(
    'an entity from outside',
    '{ _entities(representations: []) { __typename } }',
    'GRAPHQL_VALIDATION_FAILED',
  ),
  query(
    'two operations without a name',
    'query A { __typename } query B { __typename }',
    'OPERATION_RESOLUTION_FAILURE',
  ),
  query(
    'a query that is too deep',
    `{ event { ${'zones { event { '.repeat(20)} id ${'} }'.repeat(20)} } }`,
    'OPERATION_TOO_LARGE',
  ),
  query(
    'a subscription over a plain request',
    'subscription { occupancyChanged(eventId: "e") { seq } }',
    'NOT_ACCEPTABLE',
  ),
  asking(
    'a wrong enum in the document',
    '{ events(filter: { status: [OPENED] }) { totalCount } }',
    'GRAPHQL_VALIDATION_FAILED',
    /OPENED/,
  ),
  asking(
    'a variable that is missing',
    'query ($other: ID!) { occupancy(eventId: $other) { seq } }',
    'BAD_USER_INPUT',
    /\$other/,
  ),
  asking('a page of less than nothing', '{ events(first: -1) { totalCount } }', 'BAD_USER_INPUT', /200/),
  asking(
    'a page that is too long',
    'query ($id: ID!) { scans(eventId: $id, first: 201) { edges { cursor } } }',
    'BAD_USER_INPUT',
    /200/,
  ),
  asking(
    'a cursor that is none',
    'query ($id: ID!) { registrations(eventId: $id, after: "x") { edges { cursor } } }',
    'BAD_USER_INPUT',
  ),
  asking(
    'a bucket of no length',
    'query ($id: ID!) { ingress(eventId: $id, bucket: 0) { entries } }',
    'BAD_USER_INPUT',
  ),
]

const ME = '{ me { id } }'

/** Asks with a token that was tampered with. */
function tampered({ graph, ours }: Houses, change: (parts: string[]) => string[]): Promise<Answer> {
  return graph.as(change((ours.admin.token ?? '').split('.')).join('.')).send(ME)
}

/** Whoever may not. */
export const badTokens: readonly Case[] = [
  { what: 'no token', ask: ({ graph }) => graph.as().send(ME), due: { code: 'UNAUTHENTICATED' } },
  {
    what: 'a token that is none',
    ask: ({ graph }) => graph.as('abc').send(ME),
    due: { code: 'UNAUTHENTICATED' },
  },
  {
    what: 'a token of another signature',
    ask: (houses) => tampered(houses, ([head = '', body = '']) => [head, body, 'A'.repeat(86)]),
    due: { code: 'UNAUTHENTICATED' },
  },
  {
    what: 'a token without a signature',
    ask: (houses) =>
      tampered(houses, ([, body = '']) => [Buffer.from('{"alg":"none"}').toString('base64url'), body, '']),
    due: { code: 'UNAUTHENTICATED' },
  },
  {
    what: 'somebody else’s claims under one’s own signature',
    ask: (houses) =>
      tampered(houses, ([head = '', , mark = '']) => [
        head,
        houses.theirs.admin.token?.split('.')[1] ?? '',
        mark,
      ]),
    due: { code: 'UNAUTHENTICATED' },
  },
  by('a role without the scope', { code: 'FORBIDDEN', says: /event:write/ }, ({ ours }, due) =>
    mutation(ours.analyst, 'upsertZone', { input: { eventId: ours.venue.eventId, name: 'Mine' }, due }),
  ),
  by('a scanner that wants to see the list of people', { code: 'FORBIDDEN' }, ({ ours }) =>
    ours.scanner.send('query ($id: ID!) { registrations(eventId: $id) { totalCount } }', {
      id: ours.venue.eventId,
    }),
  ),
  by('a password that does not fit', { member: 'InvalidCredentials' }, ({ graph, ours }, due) =>
    mutation(graph.as(), 'signIn', {
      input: { email: ours.tenant.emailOf('ADMIN'), password: 'wrong' },
      due,
    }),
  ),
  by('a refresh token that is none', { member: 'InvalidCredentials' }, ({ graph }, due) =>
    mutation(graph.as(), 'refreshSession', { input: { refreshToken: 'abc' }, due }),
  ),
  by('an enrolment token that is none', { member: 'EnrolmentRefused' }, ({ graph }, due) =>
    mutation(graph.as(), 'enrolDevice', { input: { enrolmentToken: 'abc' }, due }),
  ),
]

function by(what: string, due: Due, ask: (houses: Houses, due: Due) => Promise<Answer>): Case {
  return { what, due, ask: (houses) => ask(houses, due) }
}
