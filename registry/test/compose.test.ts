import { describe, expect, it } from 'vitest'
import { compose } from '../src/composition/compose.ts'
import { events, gates, subgraph, topicDefinition, topicLink } from './fixtures.ts'

function errorsOf(...subgraphs: Parameters<typeof compose>[0]) {
  const result = compose(subgraphs)
  return result.errors ?? []
}

describe('compose', () => {
  it('answers what a gateway loads and what an app sees', () => {
    const result = compose([subgraph('events', events), subgraph('gates', gates)])
    if (result.errors) throw new Error(JSON.stringify(result.errors))
    expect(result.supergraphSdl).toContain(
      '@join__graph(name: "events", url: "http://events.invalid/graphql")',
    )
    expect(result.apiSchemaSdl).toContain('inside: Int!')
    expect(result.apiSchemaSdl).not.toContain('join__')
  })

  it('gives the same API schema whatever the order of the subgraphs', () => {
    const [one, two] = [subgraph('events', events), subgraph('gates', gates)]
    const [forward, backward] = [compose([one, two]), compose([two, one])]
    expect('apiSchemaSdl' in forward && forward.apiSchemaSdl).toBe(
      'apiSchemaSdl' in backward && backward.apiSchemaSdl,
    )
  })

  it('keeps an inaccessible field out of the API schema and in the supergraph', () => {
    const result = compose([
      subgraph('events', events.replace('name: String!', 'name: String! @inaccessible')),
    ])
    if (result.errors) throw new Error(JSON.stringify(result.errors))
    expect(result.supergraphSdl).toContain('name: String! @inaccessible')
    expect(result.apiSchemaSdl).not.toContain('name:')
  })

  it('names the code, the file, the line and the column of a syntax error', () => {
    expect(errorsOf(subgraph('events', 'type Query { a: }'), subgraph('gates', gates))).toMatchObject([
      {
        code: 'INVALID_GRAPHQL',
        subgraph: 'events',
        file: 'subgraphs/events/schema.graphql',
        line: 2,
        column: 17,
      },
    ])
  })

  it('points at an unknown type', () => {
    expect(errorsOf(subgraph('events', events.replace('): Event', '): Evnt')))).toMatchObject([
      {
        code: 'INVALID_GRAPHQL',
        subgraph: 'events',
        line: 3,
        column: 33,
        hint: expect.stringContaining('Mend'),
      },
    ])
  })

  it('blames the subgraph that does not share a field, and lists the others', () => {
    const shared = (directive: string) => `type Page ${directive} {\n  size: Int!\n}`
    const [error] = errorsOf(
      subgraph('events', `${events}${shared('@shareable')}`),
      subgraph('gates', `${gates}${shared('')}`),
    )
    expect(error).toMatchObject({
      code: 'INVALID_FIELD_SHARING',
      subgraph: 'gates',
      line: 10,
      column: 3,
      hint: expect.stringContaining('@shareable'),
      related: [{ subgraph: 'events', line: 18 }],
    })
  })

  it('finds the field of a satisfiability error, which Apollo gives no place', () => {
    const unreachable = events.replace('@key(fields: "id")', '@key(fields: "id", resolvable: false)')
    const source = 'type Query {\n  first: Event\n}\n'
    const errors = errorsOf(subgraph('events', unreachable), subgraph('gates', `${source}${gates}`))
    expect(errors[0]).toMatchObject({
      code: 'SATISFIABILITY_ERROR',
      subgraph: 'events',
      line: expect.any(Number),
    })
  })

  it('reports an invalid subgraph name without throwing', () => {
    expect(errorsOf(subgraph('_', events))).toMatchObject([{ code: 'INVALID_SUBGRAPH_NAME' }])
  })

  it('refuses to compose nothing', () => {
    expect(errorsOf()).toMatchObject([{ code: 'NO_SUBGRAPHS' }])
  })
})

describe('directives of our own', () => {
  const topic = gates.replace('): Int!', '): Int! @topic(name: "event:{eventId}")')
  const defined = `${topicDefinition}\n${topic}`

  it('composes @topic into the supergraph when it is linked and composed', () => {
    const result = compose([subgraph('events', events), subgraph('gates', `${topicLink}\n${defined}`)])
    expect(result.errors).toBeUndefined()
    expect(result).toMatchObject({
      supergraphSdl: expect.stringContaining('@topic(name: "event:{eventId}")'),
    })
  })

  it('refuses a @topic that composition would drop in silence, with its place', () => {
    expect(errorsOf(subgraph('events', events), subgraph('gates', defined))).toMatchObject([
      {
        code: 'DIRECTIVE_NOT_COMPOSED',
        subgraph: 'gates',
        line: 9,
        column: 37,
        message: '[gates] @topic on Subscription.insideChanged is not in the supergraph',
        hint: expect.stringContaining('@composeDirective'),
      },
    ])
  })

  it('lets a subgraph keep a directive to itself, and says so', () => {
    const own = `directive @cold on FIELD_DEFINITION\n${events.replace('name: String!', 'name: String! @cold')}`
    const result = compose([subgraph('events', own)])
    expect(result).toMatchObject({ hints: [{ code: 'DIRECTIVE_NOT_COMPOSED', level: 'info' }] })
  })
})

describe('@requires with arguments', () => {
  it('is a warning that says what planners do', () => {
    const source = events.replace('  name: String!', '  name(short: Boolean): String! ')
    const requiring = `type Event @key(fields: "id") {
      id: ID!
      name(short: Boolean): String! @external
      label: String @requires(fields: "name(short: true)")
    }`
    const result = compose([subgraph('events', source), subgraph('gates', requiring)])
    expect(result).toMatchObject({
      hints: [
        { code: 'REQUIRES_WITH_ARGUMENTS', level: 'warning', places: [{ subgraph: 'gates', line: 5 }] },
      ],
    })
  })
})
