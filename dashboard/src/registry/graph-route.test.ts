import { describe, expect, it } from 'vitest'
import { type GraphPlace, graphPlaceOf, pathOfCoordinate, pathOfGraph } from './graph-route.ts'

const places: GraphPlace[] = [
  { page: 'overview' },
  { page: 'schema' },
  { page: 'schema', type: 'Event' },
  { page: 'versions' },
  { page: 'versions', number: 12 },
  { page: 'checks' },
  { page: 'checks', id: '019a-b' },
  { page: 'operations' },
  { page: 'operations', id: 'a'.repeat(64) },
  { page: 'clients' },
]

describe('graphPlaceOf', () => {
  it.each(places)('reads what pathOfGraph wrote: %j', (place) => {
    expect(graphPlaceOf(pathOfGraph(place))).toEqual(place)
    expect(graphPlaceOf(`${pathOfGraph(place)}/`)).toEqual(place)
  })

  it.each([
    '/',
    '/events/graph',
    '/graphs',
    '/graph/overview',
    '/graph/other',
    '/graph/schema/A-b',
    '/graph/versions/0',
    '/graph/versions/x',
    '/graph/checks/a b',
    '/graph/clients/x',
    '/graph/schema/Event/slug',
  ])('finds nothing at %s', (path) => {
    expect(graphPlaceOf(path)).toBeUndefined()
  })
})

it('leads from a coordinate to its type, and to its field there', () => {
  expect(
    ['Event', 'Event.slug', 'Query.events.first', 'Zone.@key', 'Query.events(first:)'].map(pathOfCoordinate),
  ).toEqual([
    '/graph/schema/Event',
    '/graph/schema/Event#slug',
    '/graph/schema/Query#events',
    '/graph/schema/Zone',
    '/graph/schema/Query#events',
  ])
})
