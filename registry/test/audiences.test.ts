import { describe, expect, it } from 'vitest'
import { compose } from '../src/composition/compose.ts'
import { audienceDefinition, audienceLink, subgraph } from './fixtures.ts'

const by = (word: string) => `@audience(by: ${word})`

/** A subgraph that knows `@audience`. */
function marked(name: string, sdl: string) {
  return subgraph(name, `${audienceLink}\n${audienceDefinition}\n${sdl}`)
}

function errorsOf(...subgraphs: Parameters<typeof compose>[0]) {
  return compose(subgraphs).errors ?? []
}

const events = (mark: string) => `
type Query { event: Event ${by('ORGANIZATION')} }
type Event @key(fields: "id") { id: ID! ${by('ORGANIZATION')} name: String! @shareable ${mark} }`

describe('@audience', () => {
  it('reaches the supergraph with its words, and no app sees them', () => {
    const result = compose([marked('events', events(by('ORGANIZATION')))])
    if (result.errors) throw new Error(JSON.stringify(result.errors))
    expect(result.supergraphSdl).toContain('name: String! @audience(by: ORGANIZATION)')
    expect(result.supergraphSdl).toContain('enum topic__Audience')
    expect(result.apiSchemaSdl).not.toMatch(/audience|VIEWER/i)
  })

  it('that composition would drop in silence is refused, with its place', () => {
    const alone = subgraph('events', `${audienceDefinition}\n${events(by('PUBLIC'))}`)
    expect(errorsOf(alone)).toContainEqual(
      expect.objectContaining({
        code: 'DIRECTIVE_NOT_COMPOSED',
        message: '[events] @audience on Event.name is not in the supergraph',
        line: expect.any(Number),
      }),
    )
  })

  const gates = (field: string, provides: string) => `
type Query { gate: Gate ${by('ORGANIZATION')} }
type Gate { event: Event ${provides} ${by('ORGANIZATION')} }
type Event @key(fields: "id") { id: ID! ${by('ORGANIZATION')} ${field} }`

  it.each([
    ['a shareable field', 'name: String! @shareable', ''],
    ['a provided field', 'name: String! @external', '@provides(fields: "name")'],
  ])('of %s that another subgraph answers too must be the same word', (_, field, provides) => {
    const all = (mark: string) => [
      marked('events', events(by('ORGANIZATION'))),
      marked('gates', gates(`${field} ${mark}`, provides)),
    ]
    expect(errorsOf(...all(by('ORGANIZATION')))).toEqual([])
    expect(errorsOf(...all(''))).toMatchObject([
      {
        code: 'AUDIENCE_MISMATCH',
        message:
          '[gates] Event.name has no @audience, which is VIEWER, but @audience(by: ORGANIZATION) in events: both answer it',
        subgraph: 'gates',
        line: 9,
        hint: expect.stringContaining('the narrowest that is true'),
        related: [{ subgraph: 'events', line: 8 }],
      },
    ])
    expect(errorsOf(...all(by('PUBLIC')))).toMatchObject([{ code: 'AUDIENCE_MISMATCH' }])
  })

  it('of a key counts wherever the type is, and not where a field is only required', () => {
    const requiring = (mark: string) => `
type Event @key(fields: "id") {
  id: ID! ${mark}
  name: String! @external
  label: String @requires(fields: "name") ${by('ORGANIZATION')}
}`
    const owner = marked('events', events(by('ORGANIZATION')))
    expect(errorsOf(owner, marked('labels', requiring(by('ORGANIZATION'))))).toEqual([])
    expect(errorsOf(owner, marked('labels', requiring('')))).toMatchObject([
      { code: 'AUDIENCE_MISMATCH', message: expect.stringContaining('Event.id') },
    ])
  })

  it('of an interface object counts for each type that implements the interface', () => {
    const tickets = `
type Query { ticket: Ticket ${by('ORGANIZATION')} }
interface Pass @key(fields: "id") { id: ID! }
type Ticket implements Pass @key(fields: "id") { id: ID! ${by('ORGANIZATION')} inside: Boolean @shareable ${by('ORGANIZATION')} }`
    const inside = (mark: string) => `
type Pass @key(fields: "id") @interfaceObject { id: ID! ${by('ORGANIZATION')} inside: Boolean @shareable ${mark} }`
    expect(errorsOf(marked('tickets', tickets), marked('gates', inside(by('ORGANIZATION'))))).toEqual([])
    expect(errorsOf(marked('tickets', tickets), marked('gates', inside('')))).toMatchObject([
      { code: 'AUDIENCE_MISMATCH', message: expect.stringContaining('[gates] Ticket.inside') },
    ])
  })

  it('of a root field counts whatever a subgraph calls its root', () => {
    const query = (name: string, mark: string) =>
      `schema { query: ${name} }\ntype ${name} { time: String @shareable ${mark} }`
    const [one, two] = [marked('one', query('Query', by('PUBLIC'))), marked('two', query('Root', ''))]
    expect(errorsOf(one, two)).toMatchObject([
      { code: 'AUDIENCE_MISMATCH', message: expect.stringContaining('[two] Query.time') },
    ])
  })
})
