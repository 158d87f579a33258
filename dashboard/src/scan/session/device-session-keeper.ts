import type { Clock } from '@headcount/live-client'
import type { SealedStore } from '@headcount/scanner'
import { EnrolDeviceDocument, RefreshDeviceSessionDocument } from '../../generated/graphql.ts'
import { UNREACHABLE } from '../../graph/answer.ts'
import type { Send } from '../../graph/send.ts'
import { readTokenLife } from '../../session/token-life.ts'
import { type DeviceSession, type EnrolmentState, readDeviceSession } from './device-session.ts'

export interface DeviceSessionKeeperParts {
  send: Send
  clock: Clock
  store: SealedStore
  /** One window of this browser at a time. */
  oneAtATime: (task: () => Promise<void>) => Promise<void>
}

/** How an enrolment ended. */
export type EnrolOutcome =
  | { kind: 'enrolled' }
  | { kind: 'refused'; message: string }
  | { kind: 'unreachable' }

interface DeviceTokens {
  accessToken: string
  refreshToken: string
  expiresAt: string
  device: { id: string; name?: string | null }
}

const RECORD = 'session'
/** A lost answer is asked for again well within the 60 s in which the same token gives the same successor. */
const REFRESH_DEADLINE_MS = 4000
/** A token this close to its end is not sent any more. */
const MARGIN_MS = 250

/** Keeps this browser enrolled as one device: a session that survives a reload, renewed before it ends. */
export class DeviceSessionKeeper {
  readonly #parts: DeviceSessionKeeperParts
  readonly #listeners = new Set<() => void>()
  #state: EnrolmentState = { phase: 'starting' }
  #renewal: Promise<void> | undefined

  constructor(parts: DeviceSessionKeeperParts) {
    this.#parts = parts
  }

  readonly state = (): EnrolmentState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes up what this browser kept. */
  async start(): Promise<void> {
    const session = readDeviceSession(await this.#parts.store.get(RECORD))
    this.#enter(session ? { phase: 'enrolled', session } : { phase: 'none' })
  }

  async enrol(enrolmentToken: string): Promise<EnrolOutcome> {
    const { data, problems } = await this.#parts.send(EnrolDeviceDocument, { input: { enrolmentToken } })
    const result = data?.enrolDevice
    if (result?.__typename === 'DeviceSession') {
      await this.#hold(result)
      return { kind: 'enrolled' }
    }
    if (result) return { kind: 'refused', message: result.message }
    const [problem] = problems
    if (!problem || problem.code === UNREACHABLE) return { kind: 'unreachable' }
    return { kind: 'refused', message: problem.message }
  }

  /** A token that is good now; undefined when none can be had at the moment. */
  readonly accessToken = async (): Promise<string | undefined> => {
    const { clock } = this.#parts
    const held = this.#held()
    if (held && clock.now() >= held.refreshAt) await this.#renew()
    const session = this.#held()
    return session && clock.now() < session.endsAt - MARGIN_MS ? session.accessToken : undefined
  }

  /** The platform did not take this token: it counts as ended. */
  readonly refused = (accessToken: string): void => {
    const session = this.#held()
    if (session?.accessToken !== accessToken) return
    this.#enter({ phase: 'enrolled', session: { ...session, refreshAt: 0, endsAt: 0 } })
  }

  #held(): DeviceSession | undefined {
    return this.#state.phase === 'enrolled' ? this.#state.session : undefined
  }

  #renew(): Promise<void> {
    this.#renewal ??= this.#parts
      .oneAtATime(() => this.#renewOnce())
      .catch(() => undefined) // What this browser could not keep is not used; the next call asks again.
      .finally(() => {
        this.#renewal = undefined
      })
    return this.#renewal
  }

  async #renewOnce(): Promise<void> {
    const before = this.#held()
    if (!before) return
    const kept = readDeviceSession(await this.#parts.store.get(RECORD))
    // Another window was quicker: to use the old token now would end the session of both.
    if (kept && kept.refreshToken !== before.refreshToken)
      return this.#enter({ phase: 'enrolled', session: kept })
    const input = { refreshToken: before.refreshToken }
    const { data } = await this.#parts.send(
      RefreshDeviceSessionDocument,
      { input },
      { deadlineMs: REFRESH_DEADLINE_MS },
    )
    const result = data?.refreshSession
    if (result?.__typename === 'DeviceSession') await this.#hold(result)
    else if (result) this.#enter({ phase: 'ended', session: before })
  }

  /** Kept first, then used: the old refresh token is worth nothing once the new one has been used. */
  async #hold({ accessToken, refreshToken, expiresAt, device }: DeviceTokens): Promise<void> {
    const life = readTokenLife(accessToken, expiresAt, this.#parts.clock.now())
    const deviceName = device.name ?? 'Scanner'
    const session = { accessToken, refreshToken, ...life, deviceId: device.id, deviceName }
    await this.#parts.store.set(RECORD, session)
    this.#enter({ phase: 'enrolled', session })
  }

  #enter(state: EnrolmentState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
