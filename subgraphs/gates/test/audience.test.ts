import { readFileSync } from 'node:fs'
import type { Viewer } from '@headcount/access'
import { markedSelection, sharers } from '@headcount/service/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { zone } from './other-services.ts'
import { scanner, startGates } from './start-gates.ts'

const sdl = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8')
let gates: Awaited<ReturnType<typeof startGates>>
beforeAll(async () => {
  gates = await startGates()
})
afterAll(() => gates.stop())

/** An event where somebody is inside, with a gate. */
async function venue() {
  const { others, organizationId, supervisor, scan, gate } = gates
  const hall = zone({ capacity: 3 })
  const event = others.addEvent(organizationId, { zones: [hall] })
  const gateId = await gate(event.id, { zoneToId: hall.id })
  await scan(supervisor, { code: others.sell(organizationId, event).code, gateId })
  return { eventId: event.id, gateId, hallId: hall.id }
}

/** What each of the viewers is answered, without the moment of the answer. */
async function answersTo(viewers: readonly Viewer[], query: string): Promise<string[]> {
  const answers = await Promise.all(viewers.map((viewer) => gates.run(viewer, query)))
  return answers.map((answer) => JSON.stringify(answer).replaceAll(/"asOf":"[^"]*"/g, '""'))
}

function queriesOf({ eventId, gateId, hallId }: Awaited<ReturnType<typeof venue>>): string[] {
  const entity = (type: string, id: string) =>
    `{ _entities(representations: [{ __typename: "${type}", id: "${id}", capacity: 3 }]) { ... on ${type} { ${markedSelection(sdl, type, 2)} } } }`
  return [
    `{ occupancy(eventId: "${eventId}") { ${markedSelection(sdl, 'EventOccupancy')} } }`,
    `{ gate(id: "${gateId}") { ${markedSelection(sdl, 'Gate')} } }`,
    ...[entity('Event', eventId), entity('Zone', hallId), entity('Gate', gateId)],
  ]
}

test('all that is marked as an organization’s is the same for whoever has the same rights', async () => {
  const made = await venue()
  for (const query of queriesOf(made)) {
    for (const viewer of [
      { ...gates.supervisor, scopes: ['*'] },
      gates.supervisor,
      scanner(gates.organizationId, made.eventId, 'dev_1'),
    ]) {
      const answers = await answersTo(sharers(viewer), query)
      expect(new Set(answers).size, query).toBe(1)
      expect(answers[0]).toContain('"data"')
      if (viewer.scopes.includes('*')) expect(answers[0]).not.toContain('errors')
    }
  }
})

test('who is bound to another event is answered nothing, whatever kind of viewer it is', async () => {
  const [made, other] = [await venue(), await venue()]
  const bound = sharers(scanner(gates.organizationId, other.eventId, 'dev_1'))
  const queries = [
    `{ occupancy(eventId: "${made.eventId}") { seq } }`,
    `{ gate(id: "${made.gateId}") { id } }`,
  ]
  for (const query of queries) {
    expect(new Set(await answersTo(bound, query))).toEqual(
      new Set([expect.stringMatching(/^{"data":{"\w+":null}}$/)]),
    )
  }
})

test('a message on a topic carries nothing that is not marked', () => {
  const marked = markedSelection(sdl, 'EventOccupancy').split(/\W+/)
  const carries = /carries: "([^"]+)"/.exec(sdl)?.[1]?.match(/\w+/g) ?? []
  expect(carries).toContain('entriesPerMinute')
  for (const field of carries) expect(marked).toContain(field)
})
