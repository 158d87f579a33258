import { describe, expect, it } from 'vitest'
import { check } from '../src/comparison/check.ts'
import { events, gates, subgraph } from './fixtures.ts'

type Edit = (sdl: string) => string

const base = [subgraph('events', events), subgraph('gates', gates)]

function checkEvents(edit: Edit) {
  return check({ base, head: [subgraph('events', edit(events)), subgraph('gates', gates)] })
}

const file = 'subgraphs/events/schema.graphql'

describe('check', () => {
  it('is safe when nothing changed', async () => {
    expect(await check({ base, head: base })).toEqual({
      outcome: 'safe',
      errors: [],
      hints: [],
      changes: [],
      lint: [],
      evidence: { days: 30, since: null, requests: 0, publishedOperations: 0, isComplete: false },
      notes: [],
    })
  })

  it.each<[string, Edit, object]>([
    [
      'FIELD_REMOVED, shown where its type still is',
      (sdl) => sdl.replace('  name: String!\n', ''),
      { code: 'FIELD_REMOVED', coordinate: 'Event.name', place: { file, line: 5, column: 6 } },
    ],
    [
      'FIELD_TYPE_CHANGED',
      (sdl) => sdl.replace('name: String!', 'name: String'),
      { code: 'FIELD_TYPE_CHANGED', coordinate: 'Event.name', place: { file, line: 7, column: 3 } },
    ],
    [
      'FIELD_ARGUMENT_ADDED that is required',
      (sdl) => sdl.replace('now: Boolean', 'now: Boolean, size: Int!'),
      { code: 'FIELD_ARGUMENT_ADDED', coordinate: 'Query.event.size', place: { file, line: 3, column: 32 } },
    ],
    [
      'FIELD_ARGUMENT_REMOVED',
      (sdl) => sdl.replace(', now: Boolean', ''),
      { code: 'FIELD_ARGUMENT_REMOVED', coordinate: 'Query.event.now', place: { file, line: 3 } },
    ],
    [
      'ENUM_VALUE_REMOVED',
      (sdl) => sdl.replace('DRAFT LIVE', 'DRAFT'),
      { code: 'ENUM_VALUE_REMOVED', coordinate: 'EventStatus.LIVE', place: { file, line: 10 } },
    ],
    [
      'INPUT_FIELD_ADDED that is required',
      (sdl) => sdl.replace('  status: EventStatus\n', '  status: EventStatus\n  size: Int!\n'),
      { code: 'INPUT_FIELD_ADDED', coordinate: 'EventFilter.size', place: { file, line: 13, column: 3 } },
    ],
    [
      'TYPE_REMOVED',
      (sdl) => sdl.replace(/input EventFilter[^}]*}/, '').replace('(filter: EventFilter)', ''),
      { code: 'TYPE_REMOVED', coordinate: 'EventFilter', place: { file, line: 11, column: 7 } },
    ],
  ])('breaks on %s', async (_title, edit, expected) => {
    const report = await checkEvents(edit)
    expect(report.outcome).toBe('breaking')
    expect(report.changes[0]).toMatchObject({
      level: 'breaking',
      schema: 'api',
      subgraph: 'events',
      ...expected,
    })
  })

  it.each<[string, Edit, object]>([
    [
      'ENUM_VALUE_ADDED',
      (sdl) => sdl.replace('DRAFT LIVE', 'DRAFT LIVE ENDED'),
      { code: 'ENUM_VALUE_ADDED', coordinate: 'EventStatus.ENDED', place: { file, line: 10, column: 31 } },
    ],
    [
      'FIELD_ARGUMENT_ADDED that has a default',
      (sdl) => sdl.replace('now: Boolean', 'now: Boolean, size: Int! = 5'),
      { code: 'FIELD_ARGUMENT_ADDED', coordinate: 'Query.event.size' },
    ],
    [
      'an access directive on a type, which no app sees in the schema',
      (sdl) => sdl.replace('type Event @key', 'type Event @federation__authenticated @key'),
      {
        code: 'DIRECTIVE_USAGE_OBJECT_ADDED',
        schema: 'subgraph',
        coordinate: 'Event.@federation__authenticated',
      },
    ],
  ])('calls %s dangerous and lets it pass', async (_title, edit, expected) => {
    const report = await checkEvents(edit)
    expect(report.outcome).toBe('safe')
    expect(report.changes[0]).toMatchObject({ level: 'dangerous', subgraph: 'events', ...expected })
  })

  it('calls a new field safe and points at it', async () => {
    const report = await checkEvents((sdl) =>
      sdl.replace('  name: String!', '  name: String!\n  slug: String'),
    )
    expect(report).toMatchObject({
      outcome: 'safe',
      changes: [{ level: 'safe', code: 'FIELD_ADDED', coordinate: 'Event.slug', place: { file, line: 8 } }],
    })
    expect(report.changes).toHaveLength(1)
  })

  it('tells a new type once, not field by field', async () => {
    const report = await checkEvents((sdl) => `${sdl}\ntype Page @shareable { size: Int next: Int }`)
    expect(report.changes.map(({ code }) => code)).toEqual(['TYPE_ADDED'])
  })

  it('lets a field move to another subgraph: no app notices, and the deployment order is said', async () => {
    const report = await check({
      base,
      head: [
        subgraph('events', events.replace('  name: String!\n', '')),
        subgraph('gates', gates.replace('  inside: Int!', '  inside: Int!\n  name: String!')),
      ],
    })
    expect(report.outcome).toBe('safe')
    expect(report.changes).toMatchObject([
      { level: 'dangerous', code: 'FIELD_REMOVED', schema: 'subgraph', subgraph: 'events' },
      { level: 'safe', code: 'FIELD_ADDED', schema: 'subgraph', subgraph: 'gates' },
    ])
    expect(report.changes[0]?.reason).toContain('deploy')
  })

  it('breaks when a subgraph goes and takes fields with it', async () => {
    const report = await check({ base, head: base.slice(0, 1) })
    expect(report.outcome).toBe('breaking')
    expect(report.changes.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['FIELD_REMOVED', 'SUBGRAPH_REMOVED']),
    )
  })

  it('takes a base without subgraphs as the beginning: all is new, all is safe', async () => {
    const report = await check({ base: [], head: base })
    expect(report.outcome).toBe('safe')
    expect(report.changes.map(({ code, subgraph: name }) => `${code} ${name}`)).toEqual([
      'SUBGRAPH_ADDED events',
      'SUBGRAPH_ADDED gates',
    ])
  })

  it('answers composition errors instead of changes', async () => {
    const report = await checkEvents((sdl) => sdl.replace('): Event', '): Evnt'))
    expect(report).toMatchObject({
      outcome: 'not-composed',
      changes: [],
      errors: [{ code: 'INVALID_GRAPHQL', subgraph: 'events', file, line: 3 }],
    })
  })

  it('compares only the subgraphs when the base never composed, and says so', async () => {
    const broken = [subgraph('events', events.replace('name: String!', 'name: Strin!')), base[1]].flatMap(
      (one) => one ?? [],
    )
    const report = await check({ base: broken, head: base })
    expect(report.outcome).toBe('safe')
    expect(report.notes[0]).toContain('does not compose')
    expect(report.changes[0]).toMatchObject({
      level: 'dangerous',
      code: 'FIELD_TYPE_CHANGED',
      schema: 'subgraph',
    })
  })

  it('compares a subgraph that only extends its types', async () => {
    const extending = gates.replaceAll('type ', 'extend type ')
    const report = await check({
      base: [subgraph('events', events), subgraph('gates', extending)],
      head: [
        subgraph('events', events),
        subgraph('gates', extending.replace('inside: Int!', 'within: Int!')),
      ],
    })
    expect(report.outcome).toBe('breaking')
    expect(report.changes[0]).toMatchObject({ code: 'FIELD_REMOVED', subgraph: 'gates' })
  })
})
