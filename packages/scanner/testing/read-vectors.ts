import { readdirSync, readFileSync } from 'node:fs'
import type { Direction } from '@headcount/scan-rules'
import type { Ground, ManifestTicket } from '../src/index.ts'

/** A ticket of a case, with the text of its code. */
export interface VectorTicket extends Omit<ManifestTicket, 'codeHash'> {
  readonly code: string
}

/** One attempt of a case. */
export interface VectorScan {
  readonly code: string
  readonly gateId: string
  readonly direction: Direction
  readonly at: Date
  /** `ADMITTED`, or the reason why not. */
  readonly expect: string
}

/** A case: what is so, what is tried one after the other, and what comes of it. */
export interface Vector {
  /** The rule that it shows. */
  readonly rule: string
  readonly ground: Ground
  readonly tickets: readonly VectorTicket[]
  /** Key id → Ed25519 SPKI, base64url. */
  readonly keys: Readonly<Record<string, string>>
  readonly scans: readonly VectorScan[]
}

type Change = Readonly<Record<string, object>>
interface World {
  readonly keys: Vector['keys']
  readonly codes: Readonly<Record<string, string>>
  readonly ground: Ground
  readonly tickets: Readonly<Record<string, VectorTicket>>
}
interface Case {
  readonly rule: string
  readonly change?: {
    readonly event?: object
    readonly device?: object
    readonly inside?: Ground['inside']
    readonly zones?: Change
    readonly gates?: Change
    readonly ticketTypes?: Change
    readonly tickets?: Change
  }
  readonly scans: readonly (Partial<Omit<VectorScan, 'at'>> & {
    readonly gate?: string
    readonly at?: string
  })[]
}

const folder = new URL('../vectors/', import.meta.url)
const FIRST_GATE = 'gat_outer'
const NOON = Date.parse('2026-06-01T12:00:00Z')
const MINUTE_MS = 60_000

/** All cases of `vectors/`, by file. */
export function readVectors(): ReadonlyMap<string, readonly Vector[]> {
  const world = read<World>('world.json')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'world.json')
  return new Map(files.sort().map((name) => [name, read<Case[]>(name).map((one) => vectorOf(world, one))]))
}

function read<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
}

function vectorOf({ ground, codes, tickets, keys }: World, { rule, change = {}, scans }: Case): Vector {
  return {
    ...{ rule, keys },
    ground: {
      event: { ...ground.event, ...change.event },
      device: { ...ground.device, ...change.device },
      inside: change.inside ?? ground.inside,
      zones: changed(ground.zones, change.zones),
      gates: changed(ground.gates, change.gates),
      ticketTypes: changed(ground.ticketTypes, change.ticketTypes),
    },
    tickets: Object.entries(tickets).map(([name, ticket]) => {
      return { ...ticket, ...change.tickets?.[name], code: named(codes, ticket.code) }
    }),
    scans: scans.map(({ code = '', gate = FIRST_GATE, direction = 'ENTRY', at, expect = '' }, index) => ({
      ...{ code: named(codes, code), gateId: gate, direction, expect },
      at: at === undefined ? new Date(NOON + index * MINUTE_MS) : new Date(at),
    })),
  }
}

/** A name that a change or a case misspells would test nothing. */
function changed<Row extends { readonly id: string }>(rows: readonly Row[], change: Change = {}): Row[] {
  for (const id of Object.keys(change))
    if (!rows.some((row) => row.id === id)) throw new Error(`the world has no ${id}`)
  return rows.map((row) => ({ ...row, ...change[row.id] }))
}

function named(codes: World['codes'], name: string): string {
  const code = codes[name]
  if (code === undefined) throw new Error(`the world has no code "${name}"`)
  return code
}
