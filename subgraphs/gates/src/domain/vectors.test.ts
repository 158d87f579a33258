import { decideOffline, emptyState, type ListedTicket, type OfflineState } from '@headcount/scanner'
import { readVectors, type Vector, type VectorScan } from '@headcount/scanner/testing'
import { hashTicketCode } from '@headcount/ticket-code'
import { describe, expect, test } from 'vitest'
import { decideVector } from '../../test/vector-facts.ts'

// The same cases that scanners pass without the server: what is decided there is what would be decided here.
describe.each([...readVectors()])('%s', (_file, vectors) => {
  test.each(vectors)('$rule', (vector) => {
    expect(decideVector(vector)).toEqual(vector.scans.map(({ expect }) => expect))
  })
})

/** Numbers below a limit, the same ones in each run: https://en.wikipedia.org/wiki/Xorshift */
function numbers(seed: number) {
  let x = seed + 0x9e3779b9
  return (limit: number) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % limit
  }
}

const start = Date.parse('2026-10-24T14:00:00Z')

/** A world and attempts by chance, over the day on which clocks go back. */
function randomVector(world: Vector, codes: readonly string[], seed: number): Vector {
  const below = numbers(seed)
  const pick = <Value>(...values: readonly Value[]) => values[below(values.length)] as Value
  const policy = () =>
    pick<'SINGLE' | 'AFTER_EXIT' | 'UNLIMITED' | 'ONCE_PER_DAY'>(
      ...(['SINGLE', 'AFTER_EXIT', 'AFTER_EXIT', 'UNLIMITED', 'ONCE_PER_DAY'] as const),
    )
  const { ground, tickets } = world
  const zones = ground.zones.map((zone) => ({
    ...{ ...zone, capacity: pick(null, null, 1, 2, 3), enforcement: pick('HARD', 'SOFT', 'NONE') },
    ...{ entryPolicy: pick(null, null, null, policy()), antiPassback: pick('HARD', 'HARD', 'SOFT', 'TIMED') },
    passbackTimeoutSeconds: pick(null, null, 600, 3600),
  }))
  const gates = ground.gates.map((gate) => ({
    ...{ ...gate, ticketTypeIds: pick<string[]>([], [], [], ['typ_day'], ['typ_other']) },
    status: pick('OPEN_BOTH', 'OPEN_BOTH', 'OPEN_BOTH', 'OPEN_ENTRY', 'OPEN_EXIT', 'EMERGENCY'),
  }))
  const ticketTypes = ground.ticketTypes.map((type) => ({
    ...{ ...type, entryPolicy: policy(), zoneIds: pick<string[]>([], [], [], ['zon_hall', 'zon_yard']) },
    ...{ dailyFrom: pick(null, null, '02:30'), dailyUntil: pick(null, null, null, '23:00') },
  }))
  const scans = Array.from({ length: 24 }, (_, n): VectorScan => {
    const at = new Date(start + n * 2_400_000 + below(2_400_000))
    const gateId = pick(...ground.gates).id
    return { code: pick(...codes), gateId, direction: pick('ENTRY', 'ENTRY', 'EXIT'), at, expect: '' }
  })
  const inside = { zon_hall: below(2), zon_lounge: below(2) }
  return { ...world, ground: { ...ground, zones, gates, ticketTypes, inside }, tickets, scans } as Vector
}

async function decideAlone({ ground, keys, tickets, scans }: Vector): Promise<string[]> {
  const listed = tickets.map((one): [string, ListedTicket] => {
    const ticket = [
      one.credentialId,
      one.ticketTypeId,
      one.status,
      one.pendingReason,
      one.validUntil,
    ] as const
    return [hashTicketCode(one.code).slice(0, 16), ticket]
  })
  let state: OfflineState = {
    ...emptyState(ground.event.id),
    ground,
    keys,
    tickets: Object.fromEntries(listed),
  }
  const found: string[] = []
  for (const scan of scans) {
    const decision = await decideOffline(state, { ...scan, deviceId: ground.device.id })
    state = decision.state
    found.push(decision.reason ?? decision.outcome)
  }
  return found
}

test('in 1,000 worlds by chance a scanner and the server decide alike', async () => {
  const vectors = [...readVectors().values()].flat()
  const [world] = vectors
  const all = [...new Set(vectors.flatMap(({ scans }) => scans.map(({ code }) => code)))]
  // Movements are what is many-sided: most codes are good ones.
  const good = world?.tickets.map(({ code }) => code) ?? []
  const codes = [...all, ...good, ...good, ...good, ...good]
  const seen = new Set<string>()
  for (let seed = 1; seed <= 1000; seed++) {
    const vector = randomVector(world as Vector, codes, seed)
    const alone = await decideAlone(vector)
    expect(alone, `world ${seed}`).toEqual(decideVector(vector))
    for (const one of alone) seen.add(one)
  }
  // By chance, but not by so little that nothing was compared.
  expect(seen.size).toBeGreaterThan(12)
})
