import type { DemoState, KeptDevice } from './demo-state.ts'
import type { GraphClient } from './graph-client.ts'
import { gates } from './ground.ts'
import type { Organiser } from './load-event.ts'
import { createSession, type Session, SessionEnded, type Tokens } from './session.ts'

/** A lane's scanner that is signed in. */
export interface LaneDevice {
  readonly key: string
  readonly gate: number
  readonly lane: number
  readonly session: Session
  readonly skipped: number
  /** Highest number that the ledger has of it. */
  readonly lastSeq: number
}

/** What the scanners belong to. */
export interface DevicesOptions {
  readonly client: GraphClient
  readonly organiser: Organiser
  readonly eventId: string
  readonly gateIds: readonly string[]
  readonly state: DemoState
  /** How many attempts of a lane lie behind it now. */
  readonly pastOf: (key: string) => number
  readonly signal: AbortSignal
}

const atOnce = 8

/** Signs in the scanner of every lane: the kept one where its session still is good, else a new one. */
export async function prepareDevices(options: DevicesOptions): Promise<LaneDevice[]> {
  const { organiser, gateIds } = options
  const seqs = new Map<string, number>()
  for (const id of gateIds) {
    type Answer = { gate: { devices: { id: string; lastSeq: number }[] | null } | null }
    const { gate } = await organiser.ask<Answer>('LastSeqs', { id })
    for (const device of gate?.devices ?? []) seqs.set(device.id, device.lastSeq)
  }
  const lanes = gates.flatMap(({ lanes: count }, gate) =>
    Array.from({ length: count }, (_, lane) => ({ gate, lane })),
  )
  const devices: LaneDevice[] = []
  const work = async () => {
    for (let place = lanes.shift(); place; place = lanes.shift())
      devices.push(await prepareDevice(place, options, seqs))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return devices
}

async function prepareDevice(
  { gate, lane }: { gate: number; lane: number },
  options: DevicesOptions,
  seqs: ReadonlyMap<string, number>,
): Promise<LaneDevice> {
  const key = `${gate}/${lane}`
  const kept = options.state.devices[key]
  const session = kept && (await resume(kept, options))
  if (kept && session) {
    return { key, gate, lane, session, skipped: kept.skipped, lastSeq: seqs.get(kept.deviceId) ?? 0 }
  }
  const tokens = await enrolAt(gate, lane, options)
  const skipped = options.pastOf(key)
  options.state.devices[key] = { deviceId: tokens.device.id, refreshToken: tokens.refreshToken, skipped }
  return { key, gate, lane, session: createSession(options.client, tokens), skipped, lastSeq: 0 }
}

/** The kept session, or undefined where it has ended. */
async function resume(kept: KeptDevice, { client, signal }: DevicesOptions): Promise<Session | undefined> {
  // An access token that has ended: the first use refreshes.
  const expiresAt = new Date(0).toISOString()
  const session = createSession(client, { accessToken: '', refreshToken: kept.refreshToken, expiresAt })
  try {
    await session.accessToken(signal)
    return session
  } catch (error) {
    if (error instanceof SessionEnded) return undefined
    throw error
  }
}

async function enrolAt(
  gate: number,
  lane: number,
  options: DevicesOptions,
): Promise<Tokens & { device: { id: string } }> {
  const { organiser, eventId, gateIds, client, signal } = options
  const name = `${gates[gate]?.name}, lane ${lane + 1}`
  const input = { eventId, gateIds: [gateIds[gate]], name }
  type Invited = { createDeviceEnrolment: { enrolmentToken: string } }
  const { createDeviceEnrolment } = await organiser.ask<Invited>('CreateDeviceEnrolment', { input })
  const { enrolmentToken } = createDeviceEnrolment
  type Answer = { enrolDevice: { message?: string; device: { id: string } } & Tokens }
  const { enrolDevice } = await client.ask<Answer>(
    { name: 'EnrolDevice', variables: { input: { enrolmentToken } } },
    signal,
  )
  if (enrolDevice.message !== undefined) throw new Error(`The demo's scanner ${name}: ${enrolDevice.message}`)
  return enrolDevice
}
