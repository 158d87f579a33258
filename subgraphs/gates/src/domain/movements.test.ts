import {
  type AntiPassback,
  type Direction,
  type Place,
  type WalkGround,
  wayThrough,
} from '@headcount/scan-rules'
import { describe, expect, test } from 'vitest'
import { attempt, goodWorld, hall, lounge, noon } from '../../test/scan-facts.ts'
import type { Attempt } from './attempt.ts'
import { decideBatch } from './decide-batch.ts'
import type { Decision } from './decision.ts'
import { type Movement, settle, shiftBetween } from './movements.ts'
import { type PresenceRow, type ScanFacts, scanState } from './scan-state.ts'

const yard = 'zon_yard'
const bar = 'zon_bar'
type GateName = 'out' | 'in' | 'drink' | 'side' | 'across'
const ways: Readonly<Record<GateName, readonly [Place, Place]>> = {
  ...{ out: [null, hall], in: [hall, lounge], drink: [hall, bar], side: [null, yard], across: [yard, hall] },
}

/** Numbers that look random and are the same in each run. */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A hall with a lounge and a bar in it, a yard beside it, and a ticket that is outside. */
function groundWith(antiPassback: AntiPassback): ScanFacts {
  const { facts } = goodWorld()
  const [gate] = facts.gates
  const [zone] = facts.zones
  if (!gate || !zone) throw new Error('the good world has gates and zones')
  return {
    ...facts,
    zones: [
      ...facts.zones,
      { ...zone, id: yard, name: 'Yard' },
      { ...zone, id: bar, name: 'Bar', parentId: hall },
    ].map((one) =>
      one.id === hall
        ? { ...one, antiPassback, passbackTimeoutSeconds: antiPassback === 'TIMED' ? 3 : null }
        : one,
    ),
    gates: Object.entries(ways).map(([name, [zoneFromId, zoneToId]]) => {
      return { ...gate, id: `gat_${name}`, name, zoneFromId, zoneToId }
    }),
    devices: facts.devices.map((device) => ({
      ...device,
      gateIds: Object.keys(ways).map((name) => `gat_${name}`),
    })),
    ...{ presence: [], bodies: [] },
  }
}

interface Move {
  readonly gate: GateName
  readonly direction: Direction
  readonly at: Date
}

function randomMoves(seed: number, count: number): Move[] {
  const random = randomOf(seed)
  const gates = Object.keys(ways) as GateName[]
  let second = 0
  return Array.from({ length: count }, () => {
    second += 1 + random(3)
    return {
      gate: gates[random(gates.length)] ?? 'out',
      direction: random(5) < 3 ? 'ENTRY' : 'EXIT',
      at: new Date(noon.getTime() + second * 1000),
    }
  })
}

function passageOf({ gate, direction, at }: Move, ledgerSeq: number): Movement {
  const [zoneFromId, zoneToId] = ways[gate]
  const way = wayThrough({ eventId: 'evt_a', zoneFromId, zoneToId }, direction)
  return { kind: 'passage', ledgerSeq, at, gateId: `gat_${gate}`, deviceId: 'dev_a', ...way }
}

function walkGround(facts: ScanFacts): WalkGround {
  return scanState(facts)
}

/** What matters of where a credential is, whatever order its places are in. */
function picture(places: ReadonlyMap<string, PresenceRow>) {
  return [...places.values()]
    .map((row) => [
      row.placeId,
      row.bodies,
      row.entries,
      row.entriesFromOutside,
      row.isReset,
      row.firstEntrySeq,
      +row.lastMovementAt,
    ])
    .sort((a, b) => String(a[0]).localeCompare(String(b[0])))
}

function shuffled<Item>(items: readonly Item[], random: (below: number) => number): Item[] {
  const copy = [...items]
  for (let at = copy.length - 1; at > 0; at--) {
    const other = random(at + 1)
    ;[copy[at], copy[other]] = [copy[other] as Item, copy[at] as Item]
  }
  return copy
}

const seeds = Array.from({ length: 100 }, (_, n) => n + 1)
const kinds: readonly AntiPassback[] = ['HARD', 'SOFT', 'TIMED']

describe.each(kinds)('in a hall with %s anti-passback', (antiPassback) => {
  const facts = groundWith(antiPassback)
  const ground = walkGround(facts)

  test('where movements lead does not depend on the order in which they are heard of', () => {
    for (const seed of seeds) {
      const random = randomOf(seed * 7)
      const movements = randomMoves(seed, 20).map(passageOf)
      const places = [null, hall, lounge, yard] as const
      const removal: Movement = {
        ...{ kind: 'removal', ledgerSeq: 99, place: places[random(4)] ?? null },
        at: movements[random(20)]?.at ?? noon,
      }
      const all = [...movements, removal]
      const one = picture(settle('tkt_a', all, ground))
      for (let round = 0; round < 5; round++)
        expect([seed, picture(settle('tkt_a', shuffled(all, random), ground))]).toEqual([seed, one])
    }
  })

  test('no place ever holds less than no body, after whatever part of the movements', () => {
    for (const seed of seeds) {
      const random = randomOf(seed * 11)
      const part = randomMoves(seed, 30)
        .map(passageOf)
        .filter(() => random(4) > 0)
      for (let length = 1; length <= part.length; length++) {
        const bodies = [...settle('tkt_a', part.slice(0, length), ground).values()].map((row) => row.bodies)
        expect(Math.min(0, ...bodies)).toBe(0)
      }
    }
  })

  test('step by step in the order of time they lead where the server led them', () => {
    for (const seed of seeds) {
      const state = scanState({ ...facts, ledgerSeq: 0 })
      const admitted: Movement[] = []
      for (const [n, move] of randomMoves(seed, 40).entries()) {
        // Each batch is decided with what the ones before it left, as the database keeps it.
        const { scan, isAdmitted } = decideOne(state, move, n)
        if (isAdmitted) admitted.push(passageOf(move, scan.ledgerSeq))
        const online = picture(state.presence.get('tkt_a') ?? new Map())
        expect([seed, n, online]).toEqual([seed, n, picture(settle('tkt_a', admitted, ground))])
      }
      expect(admitted.length).toBeGreaterThan(5)
    }
  })

  test('without one of them, or with one more between, a single body is elsewhere at most', () => {
    for (const seed of seeds) {
      const movements = randomMoves(seed, 20).map(passageOf)
      const whole = settle('tkt_a', movements, ground)
      for (const without of movements.keys()) {
        const others = movements.filter((_, index) => index !== without)
        const rest = settle('tkt_a', others, ground)
        for (const shift of [shiftBetween(whole, rest), shiftBetween(rest, whole)])
          expect([seed, without, shift]).not.toEqual([seed, without, undefined])
      }
    }
  })
})

/** Decides one attempt by hand of a supervisor, who passes over whatever may be passed over every third time. */
function decideOne(state: ReturnType<typeof scanState>, { gate, direction, at }: Move, n: number) {
  const one: Attempt = attempt({
    ...{ scanId: `s${n}`, deviceSeq: n + 1, gateId: `gat_${gate}`, direction, receivedAt: at, scannedAt: at },
    overrideReason: n % 3 === 0 ? 'known' : null,
  })
  const facts = { ...state.facts, ledgerSeq: n }
  const { decisions } = decideBatch({ ...state, facts }, [one], false)
  const [decision] = decisions as [Decision]
  if (decision.kind !== 'recorded') throw new Error(`not recorded: ${decision.kind}`)
  return { scan: decision.scan, isAdmitted: decision.scan.outcome === 'ADMITTED' }
}

test('a removal takes out what is in its place and in what lies there, and frees the next movement', () => {
  const ground = walkGround(groundWith('HARD'))
  const at = (second: number) => new Date(noon.getTime() + second * 1000)
  const walk = [
    passageOf({ gate: 'out', direction: 'ENTRY', at: at(1) }, 1),
    passageOf({ gate: 'in', direction: 'ENTRY', at: at(2) }, 2),
  ]
  const removal = (place: Place, second: number): Movement => ({
    kind: 'removal',
    ledgerSeq: 9,
    place,
    at: at(second),
  })
  const inLounge = (movements: Movement[]) => settle('tkt_a', movements, ground).get(lounge)
  expect(inLounge([...walk, removal(hall, 3)])).toMatchObject({ bodies: 0, isReset: true, entries: 1 })
  expect(inLounge([...walk, removal(null, 3)])).toMatchObject({ bodies: 0, isReset: true })
  expect(inLounge([...walk, removal(yard, 3)])).toMatchObject({ bodies: 1, isReset: false })
  expect(inLounge([...walk, removal(hall, 1)])).toMatchObject({ bodies: 0 })
  const again = passageOf({ gate: 'out', direction: 'ENTRY', at: at(4) }, 10)
  const after = settle('tkt_a', [...walk, removal(hall, 3), again], ground)
  expect([...after.values()].map(({ placeId, bodies, isReset }) => [placeId, bodies, isReset])).toEqual([
    [hall, 1, false],
    [lounge, 0, false],
  ])
})

test('a shift is one body more here and one less there, and nothing else is one', () => {
  const at = (rows: Record<string, number>) =>
    new Map(Object.entries(rows).map(([placeId, bodies]) => [placeId, { placeId, bodies } as PresenceRow]))
  expect(shiftBetween(at({ a: 1 }), at({ a: 1 }))).toBeNull()
  expect(shiftBetween(at({ a: 1 }), at({ b: 1 }))).toEqual({ from: 'a', to: 'b' })
  expect(shiftBetween(at({}), at({ a: 1 }))).toEqual({ from: null, to: 'a' })
  expect(shiftBetween(at({ a: 1, b: 1 }), at({ a: 1 }))).toEqual({ from: 'b', to: null })
  expect(shiftBetween(at({ a: 2 }), at({}))).toBeUndefined()
  expect(shiftBetween(at({ a: 1, b: 1 }), at({ c: 1 }))).toBeUndefined()
})
