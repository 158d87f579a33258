import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Progress } from '../progress.ts'
import { type CodeBook, createCodeBook } from './code-book.ts'
import type { DemoFiles, DemoState } from './demo-state.ts'
import { prepareDevices } from './devices.ts'
import type { GraphClient } from './graph-client.ts'
import { playLane } from './lane.ts'
import { type Ground, makeEvent, makeGround, type Organiser, registerPeople } from './load-event.ts'
import {
  inOrderOfArrival,
  leaveFromMs,
  millisecondsPerMinute,
  minutesToStart,
  planScenario,
  type Scenario,
} from './scenario.ts'

const slug = 'doors-open'
const seed = 20_261_122
const endsAfterMs = 15 * 60_000
const saveEveryMs = 1000

/** Everything that one run of the demo has at hand. */
export interface Stage {
  readonly client: GraphClient
  readonly organiser: Organiser
  readonly organizationId: string
  readonly files: DemoFiles
  readonly state: DemoState
  readonly progress: Progress
  readonly log: Logger
  readonly signal: AbortSignal
}

/** An edition of the event that people can come to. */
export interface OpenEdition {
  readonly eventId: string
  readonly ground: Ground
  readonly scenario: Scenario
  readonly codes: CodeBook
  readonly doorsOpenMs: number
  /** Resolves when everybody is registered; people who are come meanwhile. */
  readonly loaded: Promise<void>
}

/** Makes the edition and opens its doors; picks up where an earlier start was cut short. */
export async function openEdition(stage: Stage): Promise<OpenEdition> {
  const { organiser, organizationId, files, state } = stage
  state.doorsOpenAt ??= new Date().toISOString()
  const doorsOpenMs = Date.parse(state.doorsOpenAt)
  const startsAt = new Date(doorsOpenMs + minutesToStart * millisecondsPerMinute)
  const { id: eventId } = await makeEvent(organiser, {
    organizationId,
    name: state.edition === 1 ? 'Doors Open' : `Doors Open ${state.edition}`,
    slug,
    doorsOpenAt: new Date(doorsOpenMs),
    startsAt,
    endsAt: new Date(startsAt.getTime() + endsAfterMs),
  })
  state.eventId = eventId
  files.write(state)
  const ground = await makeGround(organiser, eventId, startsAt)
  await transition(organiser, eventId, ['DRAFT', 'PUBLISHED'])
  await untilDoorsOpen(stage, eventId)
  const scenario = planScenario(seed + state.edition)
  const known = state.isLoaded ? files.readCodes(state.edition) : undefined
  const codes = createCodeBook(known)
  const edition = { eventId, ground, scenario, codes, doorsOpenMs }
  return { ...edition, loaded: known ? Promise.resolve() : load(stage, edition) }
}

/** Registers everybody, in the order in which they come. */
async function load(stage: Stage, edition: Omit<OpenEdition, 'loaded'>): Promise<void> {
  const { organiser, files, state, progress } = stage
  const { eventId, ground, scenario, codes } = edition
  progress.step('Demo: registering 50,000 people')
  try {
    await registerPeople({
      organiser,
      eventId,
      ticketTypeIds: ground.ticketTypeIds,
      people: inOrderOfArrival(scenario),
      onCode: (person, code) => codes.put(person, code),
      progress,
    })
  } catch (error) {
    codes.breakOff(error)
    throw error
  }
  files.writeCodes(
    state.edition,
    codes.all().map((code) => code ?? ''),
  )
  state.isLoaded = true
  files.write(state)
  progress.done('Demo: 50,000 people registered')
}

/** The platform opens the doors by itself, as the event wants; gates hear of it a moment later. */
async function untilDoorsOpen({ organiser, signal }: Stage, eventId: string): Promise<void> {
  type Answer = { event: { status: string } | null }
  while ((await organiser.ask<Answer>('EventState', { id: eventId })).event?.status === 'PUBLISHED') {
    await sleep(250, undefined, { signal })
  }
  await sleep(1000, undefined, { signal })
}

async function transition(
  organiser: Organiser,
  eventId: string,
  [from, to]: readonly [string, string],
): Promise<void> {
  type Answer = { event: { status: string; version: number } | null }
  const { event } = await organiser.ask<Answer>('EventState', { id: eventId })
  if (event?.status !== from) return
  await organiser.change('TransitionEvent', { eventId, to, expectedVersion: event.version })
}

/** Lets people arrive and leave, each lane with its own scanner. */
export async function playEdition(stage: Stage, edition: OpenEdition): Promise<void> {
  const { client, organiser, state, files, signal } = stage
  const { eventId, ground, codes, doorsOpenMs } = edition
  const { attempts, endMs } = edition.scenario
  const numbered = attempts.map((attempt, index) => ({ ...attempt, index }))
  const byLane = Map.groupBy(numbered, ({ gate, lane }) => `${gate}/${lane}`)
  const past = (key: string) =>
    (byLane.get(key) ?? []).filter((attempt) => doorsOpenMs + attempt.dueMs < Date.now()).length
  const isFresh = Object.keys(state.devices).length === 0
  const gateIds = ground.gateIds
  const pastOf = isFresh ? () => 0 : past
  const devices = await prepareDevices({ client, organiser, eventId, gateIds, state, pastOf, signal })
  stage.progress.done(`Demo: people arrive at ${devices.length} lanes`)
  const save = () => {
    for (const { key, session } of devices) {
      const kept = state.devices[key]
      if (kept) kept.refreshToken = session.refreshToken
    }
    files.write(state)
  }
  save()
  const saving = setInterval(save, saveEveryMs)
  const lanes = devices.map((device) =>
    playLane(
      {
        client,
        session: device.session,
        gateId: gateIds[device.gate] ?? '',
        edition: state.edition,
        attempts: byLane.get(device.key) ?? [],
        done: device.skipped + device.lastSeq,
        skipped: device.skipped,
        codeOf: (person) => codes.of(person),
        doorsOpenMs,
      },
      signal,
    ),
  )
  try {
    await Promise.all([...lanes, followTheShow(stage, edition, endMs)])
  } finally {
    clearInterval(saving)
    save()
  }
}

/** Moves the event along: LIVE at its start, ENDED when the last one has left. */
async function followTheShow(
  { organiser, signal }: Stage,
  edition: OpenEdition,
  endMs: number,
): Promise<void> {
  const until = (afterMs: number) => Math.max(0, edition.doorsOpenMs + afterMs - Date.now())
  await sleep(until(minutesToStart * millisecondsPerMinute), undefined, { signal })
  await transition(organiser, edition.eventId, ['DOORS_OPEN', 'LIVE'])
  await sleep(until(Math.max(endMs, leaveFromMs)), undefined, { signal })
}

/** Puts the edition away under another slug and lets the next one begin. */
export async function closeEdition({ organiser, state, files }: Stage): Promise<void> {
  const eventId = state.eventId ?? ''
  await transition(organiser, eventId, ['LIVE', 'ENDED'])
  const { event } = await organiser.ask<{ event: { version: number } }>('EventState', { id: eventId })
  const input = { eventId, expectedVersion: event.version, slug: `${slug}-${state.edition}` }
  await organiser.change('UpdateEvent', input)
  state.edition += 1
  state.eventId = undefined
  state.doorsOpenAt = undefined
  state.isLoaded = false
  state.devices = {}
  files.write(state)
}
