import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller, Graph } from '../setup/graph.ts'
import { makeTenant } from '../setup/people.ts'
import { openVenue, registerOne } from '../setup/venue.ts'
import { ONLINE } from './answer-selections.ts'
import type { Ground } from './ground.ts'
import type { Direction } from './journal.ts'
import type { MachineRoom } from './machine-room.ts'
import type { SeededRandom } from './seeded-random.ts'

const PAUSE_MS = { least: 150, most: 500 }
const OCCUPANCY =
  'query ($eventId: ID!) { occupancy(eventId: $eventId) { seq inside zones { zone { id name } } gates { gate { id name } } } }'
const SCANS =
  'query ($eventId: ID!) { scans(eventId: $eventId) { edges { node { scanId gate { id name } } } } ingress(eventId: $eventId) { entries } }'
const EVENT = 'query ($eventId: ID!) { event(id: $eventId) { id name zones { name } } }'

const RECORD = `mutation ($input: RecordScanInput!) { recordScan(input: $input) { __typename ${ONLINE} } }`
/** Stands in an answer that tells anything of an event. */
const TELLING = ['"seq":', '"entries":', '"edges":[{']

/** Makes a second tenant with an event of its own. */
export async function makeStrangers(
  room: MachineRoom,
  {
    graph,
    ground,
    random,
  }: { readonly graph: Graph; readonly ground: Ground; readonly random: SeededRandom },
): Promise<Strangers> {
  const tenant = await makeTenant(room, ['ORGANISER', 'GATE_SUPERVISOR'])
  const organiser = await tenant.signIn(graph, 'ORGANISER')
  const supervisor = await tenant.signIn(graph, 'GATE_SUPERVISOR')
  const { eventId, gateIds } = await openVenue(organiser, tenant.organizationId, { zones: 1 })
  const { code } = await registerOne(organiser, { eventId, ticketTypeIds: await typesOf(organiser, eventId) })
  return new Strangers({ supervisor, code, gateId: gateIds[0] ?? '' }, ground, random)
}

/** What the strangers have of their own. */
interface Own {
  readonly supervisor: Caller
  readonly code: string
  readonly gateId: string
}

/** People of another tenant, who try what is not theirs. */
export class Strangers {
  /** How many answers they got. */
  answers = 0
  /** Own scans that were admitted. */
  admitted = 0
  /** Answers that told them something of the others. */
  readonly leaks: string[] = []
  readonly #own: Own
  readonly #others: Ground
  readonly #random: SeededRandom

  constructor(own: Own, others: Ground, random: SeededRandom) {
    this.#own = own
    this.#others = others
    this.#random = random
  }

  /** Tries one thing after the other until it is over. */
  async work(isOver: () => boolean): Promise<void> {
    const acts = [OCCUPANCY, SCANS, EVENT].map((query) => () => this.#read(query))
    acts.push(
      () => this.#scanTheirCode(),
      () => this.#scanAtTheirGate(),
      () => this.#scanOwn(),
    )
    while (!isOver()) {
      // A lost answer tells nobody anything.
      await this.#random
        .pick(acts)?.()
        .catch(() => {})
      await sleep(this.#random.between(PAUSE_MS.least, PAUSE_MS.most))
    }
  }

  async #ask(query: string, variables: object): Promise<string> {
    const { text } = await this.#own.supervisor.send(query, variables)
    this.answers++
    const { mark, tenant } = this.#others
    if (text.includes(mark) || text.includes(tenant.organizationId)) this.leaks.push(text)
    return text
  }

  #scan(code: string, gateId: string, direction: Direction): Promise<string> {
    const input = { scanId: randomUUID(), code, gateId, direction, scannedAt: new Date().toISOString() }
    return this.#ask(RECORD, { input })
  }

  async #read(query: string): Promise<void> {
    const text = await this.#ask(query, { eventId: this.#others.eventId })
    if (TELLING.some((word) => text.includes(word))) this.leaks.push(text)
  }

  async #scanTheirCode(): Promise<void> {
    const ticket = this.#random.pick(this.#others.tickets)
    if (!ticket) return
    const text = await this.#scan(ticket.code, this.#own.gateId, 'ENTRY')
    if (text.includes('ScanAdmitted') || text.includes(ticket.ticketId)) this.leaks.push(text)
  }

  async #scanAtTheirGate(): Promise<void> {
    const way = this.#random.pick(this.#others.ways)
    const text = await this.#scan(this.#own.code, way?.gateId ?? '', 'ENTRY')
    if (text.includes('"scan"')) this.leaks.push(text)
  }

  async #scanOwn(): Promise<void> {
    const direction = this.#random.chance(0.5) ? 'ENTRY' : 'EXIT'
    const text = await this.#scan(this.#own.code, this.#own.gateId, direction)
    if (text.includes('ScanAdmitted')) this.admitted++
  }
}

async function typesOf(organiser: Caller, eventId: string): Promise<string[]> {
  const query = 'query ($id: ID!) { event(id: $id) { ticketTypes { id } } }'
  type Found = { event: { ticketTypes: { id: string }[] } }
  const { event } = await organiser.ask<Found>(query, { id: eventId })
  return event.ticketTypes.map(({ id }) => id)
}
