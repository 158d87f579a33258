import { ManualClock } from '@headcount/live-client/testing'
import { describe, expect, it } from 'vitest'
import { operationName } from '../../test/manifest.ts'
import type { Answer } from '../graph/answer.ts'
import type { Send } from '../graph/send.ts'
import type { Session } from './session.ts'
import { SessionKeeper } from './session-keeper.ts'
import type { TabListener, Tabs } from './tabs.ts'

const LIFE_S = 5

/** A platform with rotating tokens of 5 s: each refresh token has one successor. */
class Platform {
  readonly clock = new ManualClock()
  /** Names of the operations, with the refresh token that they brought. */
  readonly calls: string[] = []
  /** How many answers to refreshes are lost on their way. */
  lose = 0
  refusesRefresh = false
  #count = 0
  readonly #successors = new Map<string, object>()

  readonly send = (async (
    document: Parameters<typeof operationName>[0],
    variables: { input?: { refreshToken?: string; password?: string } },
  ) => {
    const name = operationName(document)
    const { refreshToken, password } = variables.input ?? {}
    this.calls.push([name, refreshToken].filter(Boolean).join(' '))
    await Promise.resolve()
    if (name === 'SignIn') return answer({ signIn: password === 'right' ? this.#tokens() : invalid })
    if (name === 'SignOut') return answer({ signOut: true })
    if (this.refusesRefresh) return answer({ refreshSession: invalid })
    const successor = this.#successors.get(refreshToken ?? '') ?? this.#tokens()
    this.#successors.set(refreshToken ?? '', successor)
    if (this.lose > 0) {
      this.lose--
      return { data: undefined, problems: [{ code: 'UNREACHABLE', message: 'lost', path: '' }] }
    }
    return answer({ refreshSession: successor })
  }) as Send

  #tokens() {
    const number = ++this.#count
    const now = this.clock.now() / 1000
    const claims = Buffer.from(JSON.stringify({ iat: now, exp: now + LIFE_S, number })).toString('base64url')
    return {
      __typename: 'Session',
      accessToken: `h.${claims}.s`,
      refreshToken: `r${number}`,
      expiresAt: '',
      user: { id: 'usr_1', roles: ['ANALYST'] },
    }
  }
}

const invalid = { __typename: 'InvalidCredentials', message: 'no' }
const answer = (data: object): Answer<object> => ({ data, problems: [] })

/** Tabs of one browser, without a browser. */
class Browser {
  readonly #listeners: TabListener[] = []

  openTab(): Tabs {
    let own: TabListener | undefined
    const others = () => this.#listeners.filter((listener) => listener !== own)
    return {
      listen: (listener) => {
        own = listener
        this.#listeners.push(listener)
      },
      ask: () => {
        for (const other of others()) {
          const held = other.held()
          if (held) own?.onSession(held)
        }
      },
      tell: (session) => others().forEach((other) => void other.onSession(session)),
      tellLeft: (family) => others().forEach((other) => void other.onLeft(family)),
      oneAtATime: (task) => task(),
    }
  }
}

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

let families = 0

function openKeeper(platform: Platform, { browser = new Browser(), kept = storage() } = {}): SessionKeeper {
  const keeper = new SessionKeeper({
    send: platform.send,
    clock: platform.clock,
    storage: kept,
    tabs: browser.openTab(),
    random: () => 0.5,
    newFamily: () => `family ${++families}`,
  })
  keeper.start()
  return keeper
}

function sessionOf(keeper: SessionKeeper): Session | undefined {
  const state = keeper.state()
  return state.phase === 'signedIn' ? state.session : undefined
}

async function signedIn(platform = new Platform(), options = {}) {
  const keeper = openKeeper(platform, options)
  await platform.clock.move(200)
  await keeper.signIn('e@x.test', 'right')
  return { platform, keeper }
}

describe('SessionKeeper', () => {
  it('is signed out when there is nothing to take up', async () => {
    const platform = new Platform()
    const keeper = openKeeper(platform)
    expect(keeper.state().phase).toBe('starting')
    await platform.clock.move(200)
    expect(keeper.state()).toEqual({ phase: 'signedOut' })
  })

  it('says what a refused sign-in was refused for, and stays signed out', async () => {
    const platform = new Platform()
    const keeper = openKeeper(platform)
    await platform.clock.move(200)
    expect(await keeper.signIn('e@x.test', 'wrong')).toEqual({ kind: 'invalid' })
    expect(keeper.state().phase).toBe('signedOut')
  })

  it('always has a good token for minutes on tokens of 5 s', async () => {
    const { platform, keeper } = await signedIn()
    for (let second = 0; second < 180; second++) {
      await platform.clock.move(1000)
      expect(sessionOf(keeper)?.endsAt).toBeGreaterThan(platform.clock.now() + 500)
    }
  })

  it('asks again with the same refresh token when answers are lost, and stays signed in', async () => {
    const { platform, keeper } = await signedIn()
    platform.lose = 2
    await platform.clock.move(5000)
    expect(platform.calls.filter((call) => call === 'RefreshSession r1')).toHaveLength(3)
    expect(sessionOf(keeper)?.refreshToken).toBe('r2')
  })

  it('sends one refresh for many callers at once', async () => {
    const { platform, keeper } = await signedIn()
    keeper.refused(sessionOf(keeper)?.accessToken ?? '')
    const tokens = await Promise.all([keeper.accessToken(), keeper.accessToken(), keeper.accessToken()])
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).toBeDefined()
    expect(platform.calls.filter((call) => call.startsWith('RefreshSession'))).toEqual(['RefreshSession r1'])
  })

  it('has no token to give once the platform cannot be reached for longer than a token lives', async () => {
    const { platform, keeper } = await signedIn()
    platform.lose = 1000
    await platform.clock.move(6000)
    expect(await keeper.accessToken()).toBeUndefined()
    expect(keeper.state().phase).toBe('signedIn')
    platform.lose = 0
    await platform.clock.move(30_000)
    expect(await keeper.accessToken()).toBeDefined()
  })

  it('signs out when the platform refuses the refresh token', async () => {
    const { platform, keeper } = await signedIn()
    platform.refusesRefresh = true
    await platform.clock.move(3000)
    expect(keeper.state()).toEqual({ phase: 'signedOut', because: 'ended' })
  })

  it('takes its session up again after a reload', async () => {
    const kept = storage()
    const { platform, keeper } = await signedIn(new Platform(), { kept })
    const reloaded = openKeeper(platform, { kept })
    expect(sessionOf(reloaded)).toEqual(sessionOf(keeper))
  })

  it('gives a new tab the session of the others, and later its successors', async () => {
    const browser = new Browser()
    const { platform, keeper } = await signedIn(new Platform(), { browser })
    const second = openKeeper(platform, { browser })
    expect(sessionOf(second)).toEqual(sessionOf(keeper))
    await platform.clock.move(60_000)
    expect(sessionOf(second)?.refreshToken).toBe(sessionOf(keeper)?.refreshToken)
    expect(sessionOf(second)?.endsAt).toBeGreaterThan(platform.clock.now())
  })

  it('hears what the others have before it uses an old refresh token', async () => {
    const browser = new Browser()
    const kept = storage()
    const { platform, keeper } = await signedIn(new Platform(), { browser })
    kept.setItem('headcount.session', JSON.stringify(sessionOf(keeper)))
    await platform.clock.move(120_000) // a tab that was put to sleep comes back with a token of two minutes ago
    const before = platform.calls.length
    const woken = openKeeper(platform, { browser, kept })
    await platform.clock.move(200)
    expect(sessionOf(woken)?.refreshToken).toBe(sessionOf(keeper)?.refreshToken)
    expect(platform.calls.slice(before)).not.toContain('RefreshSession r1')
  })

  it('signs out in every tab, and tells the platform', async () => {
    const browser = new Browser()
    const { platform, keeper } = await signedIn(new Platform(), { browser })
    const second = openKeeper(platform, { browser })
    await second.signOut()
    expect(keeper.state()).toEqual({ phase: 'signedOut', because: 'left' })
    expect(platform.calls).toContain('SignOut')
    await platform.clock.move(60_000)
    expect(platform.calls.filter((call) => call.startsWith('RefreshSession'))).toEqual([])
  })
})
