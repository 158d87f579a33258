import { beforeEach, describe, expect, it } from 'vitest'
import { formats } from '../../src/reports/formats.ts'
import { events, gates } from '../fixtures.ts'
import { type Carried, readers } from '../reports/read-back.ts'
import { commit, schema, useRepository, write, writeFile } from './repository.ts'

useRepository()

const file = 'subgraphs/events/schema.graphql'
const nameUsed = 'query Names { event(id: 1) { name } }'
const nameUnused = 'query Ids { event(id: 1) { id } }'

interface Planted {
  readonly title: string
  readonly plant: (sdl: string) => string
  readonly published?: string
  readonly exit: number
  readonly expected: Carried
}

const withoutName = (sdl: string) => sdl.replace('  name: String!\n', '')
const nameRemoved = { code: 'FIELD_REMOVED', coordinate: 'Event.name', file, line: 5, column: 6 }

const planted: readonly Planted[] = [
  {
    title: 'a composition error',
    plant: (sdl) => sdl.replace('): Event', '): Evnt'),
    exit: 1,
    expected: {
      verdict: 'not-composed',
      code: 'INVALID_GRAPHQL',
      coordinate: undefined,
      file,
      line: 3,
      column: 33,
    },
  },
  {
    title: 'a breaking change that is used',
    plant: withoutName,
    published: nameUsed,
    exit: 1,
    expected: { verdict: 'used', ...nameRemoved },
  },
  {
    title: 'a breaking change that is unused',
    plant: withoutName,
    published: nameUnused,
    exit: 0,
    expected: { verdict: 'unused', ...nameRemoved },
  },
  {
    title: 'a dangerous change',
    plant: (sdl) => sdl.replace('DRAFT LIVE', 'DRAFT LIVE ENDED'),
    exit: 0,
    expected: {
      verdict: 'dangerous',
      code: 'ENUM_VALUE_ADDED',
      coordinate: 'EventStatus.ENDED',
      file,
      line: 10,
      column: 31,
    },
  },
  {
    title: 'a safe change',
    plant: (sdl) => sdl.replace('  name', '  slug: String\n  name'),
    exit: 0,
    expected: { verdict: 'safe', code: 'FIELD_ADDED', coordinate: 'Event.slug', file, line: 7, column: 3 },
  },
  {
    title: 'an error of style',
    plant: (sdl) => sdl.replace('  name', '  Slug: String\n  name'),
    exit: 1,
    expected: { verdict: 'lint', code: 'FIELD_NAME', coordinate: 'Event.Slug', file, line: 7, column: 3 },
  },
]

describe.each(planted)('$title', ({ plant, published = nameUnused, exit, expected }) => {
  beforeEach(() => {
    write('events', events)
    write('gates', gates)
    writeFile('schema/registry.yaml', 'check: { clientsSendTrustedDocumentsOnly: true }')
    writeFile('schema/documents/dashboard.json', JSON.stringify({ a1: published }))
    commit('first')
    write('events', plant(events))
  })

  it.each(Object.keys(formats))(`exits ${exit}, with verdict, code and place, as %s`, async (format) => {
    const { code, out, err } = await schema('check', '--base', 'HEAD', '--format', format)
    expect({ code, err }).toEqual({ code: exit, err: '' })
    expect(readers[format]?.(out.trimEnd())).toContainEqual(expected)
  })
})
