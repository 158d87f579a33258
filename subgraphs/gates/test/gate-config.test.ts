import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deviceCalls } from './device-calls.ts'
import { offlineWorld } from './offline.ts'
import { soon, startGates } from './start-gates.ts'

let gates: Awaited<ReturnType<typeof startGates>>
let world: Awaited<ReturnType<typeof offlineWorld>>
let calls: ReturnType<typeof deviceCalls>
const now = () => new Date()
beforeAll(async () => {
  gates = await startGates({ processes: 2 })
})
afterAll(() => gates.stop())
beforeEach(async () => {
  world = await offlineWorld(gates)
  calls = deviceCalls(gates, world, now)
})

interface Told {
  seq: number
  asOf: string
}

/** What is told on a gate's channel from here on. */
async function listen(gateId: string): Promise<Told[]> {
  const told: Told[] = []
  // What was changed before goes first.
  await new Promise((resolve) => setTimeout(resolve, 50))
  await gates.topics.subscribe(`org:${gates.organizationId}:gate:${gateId}:config`, (message) =>
    told.push(message as Told),
  )
  return told
}

test('a gate that is changed, gets another state or other devices is told, each time with a higher seq and nothing else', async () => {
  const { supervisor, run, upsertGate } = gates
  const device = world.device()
  const told = await listen(world.outer)
  const other = await listen(world.inner)
  const times = async (count: number) => {
    await soon(() => expect(told).toHaveLength(count))
  }
  const input = { eventId: world.event.id, id: world.outer, name: 'Renamed', zoneToId: world.hall.id }
  await run(supervisor, upsertGate, { input })
  await times(1)
  await run(supervisor, upsertGate, { input })
  const status = `mutation { setGateStatus(input: { gateId: "${world.outer}", status: PAUSED }) { __typename } }`
  await run(supervisor, status)
  await times(2)
  // A device enrols, is assigned elsewhere, comes back, and is revoked.
  await calls.say(device, { status: 'ACTIVE', version: 1 })
  await times(3)
  expect(other).toHaveLength(0)
  await calls.assign([device.id], [world.inner])
  await times(4)
  await soon(() => expect(other).toHaveLength(1))
  await calls.assign([device.id], [world.outer, world.inner])
  await times(5)
  await calls.say(device, { status: 'REVOKED', version: 2 })
  await times(6)
  await soon(() => expect(other).toHaveLength(2))
  await run(supervisor, upsertGate, { input: { ...input, lanes: 9 } })
  await times(7)
  const seqs = told.map(({ seq }) => seq)
  expect(new Set(seqs).size).toBe(7)
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  const [row] = await gates.service.database.query('SELECT version FROM gates WHERE id = $1', [world.outer])
  expect(row).toEqual({ version: seqs.at(-1) })
  for (const message of told) expect(message).toEqual({ seq: message.seq, asOf: expect.any(String) })
})

test('a gate is not told where nothing changed: the same assignment again, or a message that is old', async () => {
  const device = world.device()
  await calls.beat(device)
  await calls.assign([device.id], [world.inner])
  const [outer, inner] = [await listen(world.outer), await listen(world.inner)]
  await calls.assign([device.id], [world.inner])
  await calls.say(device, { status: 'ACTIVE', version: 1 })
  await calls.assign([device.id], [])
  await soon(() => expect(inner).toHaveLength(1))
  expect(outer).toHaveLength(0)
})

test('no change of many at once is told by a number that another had', async () => {
  const told = await listen(world.outer)
  const { supervisor, run, upsertGate } = gates
  const ids = Array.from({ length: 8 }, () => world.device())
  for (const device of ids) await calls.beat(device)
  await soon(() => expect(told).toHaveLength(8))
  told.length = 0
  const input = { eventId: world.event.id, id: world.outer, name: 'Busy', zoneToId: world.hall.id }
  await Promise.all([
    ...ids.map(({ id }) => calls.assign([id], [])),
    ...[1, 2, 3, 4].map((lanes) => run(supervisor, upsertGate, { input: { ...input, lanes } })),
  ])
  await soon(() => expect(told.length).toBeGreaterThanOrEqual(11))
  expect(new Set(told.map(({ seq }) => seq)).size).toBe(told.length)
})
