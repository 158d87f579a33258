import type { DescribedField, DescribedType } from '@headcount/registry-api'
import { describe, expect, it } from 'vitest'
import { ALL_TYPES, filterInHash, leadingTo, searchTypes, type TypeFilter } from './search-types.ts'
import { indexUsage, NO_USAGE } from './usage-index.ts'

const field = (name: string, type: string, more: Partial<DescribedField> = {}): DescribedField => ({
  ...{ name, type, description: null, deprecationReason: null, owners: ['events'], tags: [], args: [] },
  ...more,
})
const typed = (name: string, more: Partial<DescribedType> = {}): DescribedType => ({
  ...{ name, kind: 'OBJECT', description: null, owners: ['events'], keys: [], tags: [] },
  ...{ interfaces: [], members: [], fields: [], values: [] },
  ...more,
})

const filterArg = {
  name: 'filter',
  type: 'EventFilter',
  description: null,
  defaultValue: null,
  deprecationReason: null,
}
const types = [
  typed('Event', {
    owners: ['events', 'gates'],
    fields: [
      field('slug', 'String!', { deprecationReason: 'Use id.' }),
      field('gates', '[Gate!]!', { owners: ['gates'] }),
    ],
  }),
  typed('EventFilter', { kind: 'INPUT_OBJECT', fields: [field('slug', 'String')] }),
  typed('GateStatus', {
    kind: 'ENUM',
    owners: ['gates'],
    values: [{ name: 'OPEN', description: null, deprecationReason: null }],
  }),
  typed('Query', { fields: [field('events', '[Event!]!', { args: [filterArg] })] }),
]
const usage = indexUsage([{ coordinate: 'Event.gates', requests: 3, lastSeenAt: '', clients: [] }], {
  since: '2026-11-01T00:00:00Z',
  coordinates: ['Event.slug', 'Event.gates'].map((coordinate) => ({
    ...{ coordinate, owners: [], isDeprecated: false, isPublished: false },
  })),
})
const found = (filter: Partial<TypeFilter>, index = usage) =>
  searchTypes(types, { ...ALL_TYPES, ...filter }, index).map(({ type, members }) =>
    [type.name, ...members].join(' '),
  )

describe('searchTypes', () => {
  it('finds types by a part of their name, and by their fields and values', () => {
    expect(found({ text: 'EVENT' })).toEqual(['Event', 'EventFilter', 'Query events'])
    expect(found({ text: 'slug' })).toEqual(['Event slug', 'EventFilter slug'])
    expect(found({ text: 'open' })).toEqual(['GateStatus OPEN'])
    expect(found({})).toHaveLength(4)
  })

  it('keeps a kind and an owner', () => {
    expect(found({ kind: 'ENUM' })).toEqual(['GateStatus'])
    expect(found({ owner: 'gates' })).toEqual(['Event', 'GateStatus'])
    expect(found({ owner: 'gates', text: 'slug' })).toEqual([])
  })

  it('says which elements are deprecated, or were used by nobody', () => {
    expect(found({ isDeprecated: true })).toEqual(['Event slug'])
    expect(found({ isUnused: true })).toEqual(['Event slug'])
  })

  it('calls nothing unused where no traffic is known', () => {
    expect(found({ isUnused: true }, NO_USAGE)).toEqual([])
    expect(indexUsage([], { since: null, coordinates: [] })).toBe(NO_USAGE)
  })
})

it('knows which fields lead to a type, by what they answer and what they take', () => {
  expect(leadingTo(types, 'Event')).toEqual(['Query.events'])
  expect(leadingTo(types, 'EventFilter')).toEqual(['Query.events'])
  expect(leadingTo(types, 'Gate')).toEqual(['Event.gates'])
})

it('begins with what the address asks for', () => {
  expect(filterInHash('#unused')).toMatchObject({ isUnused: true, owner: '' })
  expect(filterInHash('#owner=gates')).toMatchObject({ owner: 'gates', isUnused: false })
  expect(filterInHash('#else')).toBe(ALL_TYPES)
})
