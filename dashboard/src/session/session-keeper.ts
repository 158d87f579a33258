import { backOffMs, type Clock } from '@headcount/live-client'
import { RefreshSessionDocument, SignInDocument, SignOutDocument } from '../generated/graphql.ts'
import { UNREACHABLE } from '../graph/answer.ts'
import type { Send } from '../graph/send.ts'
import { readSession, type Session, type SessionState, supersedes } from './session.ts'
import type { Tabs } from './tabs.ts'
import { readTokenLife } from './token-life.ts'

export interface SessionKeeperParts {
  send: Send
  clock: Clock
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  tabs: Tabs
  random: () => number
  /** A name that no other sign-in has. */
  newFamily: () => string
}

export type SignInOutcome =
  | { kind: 'signedIn' }
  | { kind: 'invalid' }
  | { kind: 'limited'; retryAfterMs: number }
  | { kind: 'unreachable' }
  | { kind: 'failed'; message: string }

const STORAGE_KEY = 'headcount.session'
/** How long a fresh tab waits for the others to say what they have. */
const ASK_MS = 150
/** A lost answer is asked for again well within the 60 s in which the same token gives the same successor. */
const REFRESH_DEADLINE_MS = 4000
/** A token this close to its end is not sent any more. */
const MARGIN_MS = 250

/**
 * Keeps one person signed in: holds the session in memory and in this tab's storage, replaces the access token
 * before it ends, and shares what it has with the other tabs. Of several that ask, one refreshes.
 */
export class SessionKeeper {
  readonly #parts: SessionKeeperParts
  readonly #listeners = new Set<() => void>()
  #state: SessionState = { phase: 'starting' }
  #renewal: Promise<void> | undefined
  #failures = 0
  #cancelTimer = () => {}

  constructor(parts: SessionKeeperParts) {
    this.#parts = parts
  }

  readonly state = (): SessionState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes up a stored session, or that of another tab, or none. */
  start(): void {
    const { tabs, storage, clock } = this.#parts
    tabs.listen({
      onSession: (session) => {
        if (supersedes(session, this.#held())) this.#hold(session)
      },
      onLeft: (family) => {
        if (this.#held()?.family === family) this.#drop('left')
      },
      held: () => this.#held(),
    })
    const stored = readSession(storage.getItem(STORAGE_KEY))
    if (stored && clock.now() < stored.refreshAt) this.#hold(stored)
    tabs.ask()
    // An old refresh token, used late, would end the session for every tab: first hear what the others have.
    clock.after(ASK_MS, () => {
      if (this.#state.phase !== 'starting') return
      if (stored) this.#hold(stored)
      else this.#drop()
    })
  }

  async signIn(email: string, password: string): Promise<SignInOutcome> {
    const { data, problems } = await this.#parts.send(SignInDocument, { input: { email, password } })
    const result = data?.signIn
    if (result?.__typename === 'Session') {
      const { roles } = result.user
      this.#hold(this.#session(result, { email, roles, family: this.#parts.newFamily(), generation: 1 }))
      return { kind: 'signedIn' }
    }
    if (result?.__typename === 'InvalidCredentials') return { kind: 'invalid' }
    if (result?.__typename === 'RateLimited') return { kind: 'limited', retryAfterMs: result.retryAfterMs }
    const [problem] = problems
    if (!problem || problem.code === UNREACHABLE) return { kind: 'unreachable' }
    return { kind: 'failed', message: problem.message }
  }

  /** Signs out here and in every tab that shares the session; the platform is told if it can be reached. */
  async signOut(): Promise<void> {
    const session = this.#held()
    if (!session) return
    this.#drop('left')
    this.#parts.tabs.tellLeft(session.family)
    await this.#parts.send(SignOutDocument, {}, { accessToken: session.accessToken })
  }

  /** A token that is good now; undefined when nobody is signed in or no token can be had at the moment. */
  async accessToken(): Promise<string | undefined> {
    const { clock } = this.#parts
    const isGood = (session: Session | undefined) =>
      session !== undefined && clock.now() < session.endsAt - MARGIN_MS
    if (!isGood(this.#held())) await this.#renew()
    const session = this.#held()
    return session && isGood(session) ? session.accessToken : undefined
  }

  /** The platform did not take this token: it counts as ended. */
  refused(accessToken: string): void {
    const session = this.#held()
    if (session?.accessToken === accessToken) this.#hold({ ...session, refreshAt: 0, endsAt: 0 })
  }

  #held(): Session | undefined {
    return this.#state.phase === 'signedIn' ? this.#state.session : undefined
  }

  #session(
    tokens: { accessToken: string; refreshToken: string; expiresAt: string },
    owner: Pick<Session, 'email' | 'roles' | 'family' | 'generation'>,
  ): Session {
    const { accessToken, refreshToken, expiresAt } = tokens
    return {
      ...owner,
      accessToken,
      refreshToken,
      ...readTokenLife(accessToken, expiresAt, this.#parts.clock.now()),
    }
  }

  #hold(session: Session): void {
    this.#parts.storage.setItem(STORAGE_KEY, JSON.stringify(session))
    this.#enter({ phase: 'signedIn', session })
    this.#failures = 0
    this.#renewAt(session.refreshAt)
  }

  #drop(because?: 'ended' | 'left'): void {
    this.#cancelTimer()
    this.#parts.storage.removeItem(STORAGE_KEY)
    this.#enter(because ? { phase: 'signedOut', because } : { phase: 'signedOut' })
  }

  #enter(state: SessionState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }

  #renewAt(at: number): void {
    const { clock } = this.#parts
    this.#cancelTimer()
    this.#cancelTimer = clock.after(Math.max(0, at - clock.now()), () => void this.#renew())
  }

  #renew(): Promise<void> {
    this.#renewal ??= this.#parts.tabs
      .oneAtATime(() => this.#renewOnce())
      .finally(() => {
        this.#renewal = undefined
      })
    return this.#renewal
  }

  async #renewOnce(): Promise<void> {
    const { clock, send, tabs, random } = this.#parts
    const before = this.#held()
    if (!before || clock.now() < before.refreshAt) return // another tab was quicker
    const { refreshToken } = before
    const { data } = await send(
      RefreshSessionDocument,
      { input: { refreshToken } },
      { deadlineMs: REFRESH_DEADLINE_MS },
    )
    if (this.#held()?.refreshToken !== refreshToken) return // signed out, or told by another tab, meanwhile
    const result = data?.refreshSession
    if (result?.__typename === 'Session') {
      this.#hold(this.#session(result, { ...before, generation: before.generation + 1 }))
      const renewed = this.#held()
      if (renewed) tabs.tell(renewed)
    } else if (result) {
      this.#drop('ended')
    } else {
      this.#renewAt(clock.now() + backOffMs(this.#failures++, random))
    }
  }
}
