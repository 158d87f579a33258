import { ManualClock } from '@headcount/live-client/testing'
import { describe, expect, it } from 'vitest'
import { sealedMapStore } from '../../../test/map-store.ts'
import { UNREACHABLE } from '../../graph/answer.ts'
import type { Send } from '../../graph/send.ts'
import { DeviceSessionKeeper } from './device-session-keeper.ts'

const LIFE_MS = 900_000

async function keeperWith(answers: (number: number) => object | undefined) {
  const clock = new ManualClock()
  const store = await sealedMapStore()
  const asked: unknown[] = []
  const send: Send = async (_document, variables) => {
    asked.push(variables)
    const data = answers(asked.length)
    const problems = data ? [] : [{ code: UNREACHABLE, message: 'no network', path: '' }]
    return { data: data as never, problems }
  }
  const oneAtATime = (task: () => Promise<void>) => task()
  const open = () => new DeviceSessionKeeper({ send, clock, store, oneAtATime })
  return { clock, store, asked, open }
}

const session = (clock: ManualClock, number: number) => ({
  __typename: 'DeviceSession',
  accessToken: `access-${number}`,
  refreshToken: `refresh-${number}`,
  expiresAt: new Date(clock.now() + LIFE_MS).toISOString(),
  device: { id: 'dev_1', name: 'Lane 1' },
})

describe('DeviceSessionKeeper', () => {
  it('stays enrolled over a reload', async () => {
    const { clock, open } = await keeperWith(() => ({ enrolDevice: session(clock, 1) }))
    const keeper = open()
    await keeper.start()
    expect(keeper.state()).toEqual({ phase: 'none' })
    expect(await keeper.enrol('token')).toEqual({ kind: 'enrolled' })
    const again = open()
    await again.start()
    expect(again.state()).toMatchObject({
      phase: 'enrolled',
      session: { deviceId: 'dev_1', deviceName: 'Lane 1' },
    })
    expect(await again.accessToken()).toBe('access-1')
  })

  it('says in the platform’s words why an enrolment was refused, and when nobody answered', async () => {
    const message = 'This enrolment token was used: each is good for one device. Ask for a new one.'
    const refusing = await keeperWith(() => ({ enrolDevice: { __typename: 'EnrolmentRefused', message } }))
    expect(await refusing.open().enrol('token')).toEqual({ kind: 'refused', message })
    const silent = await keeperWith(() => undefined)
    expect(await silent.open().enrol('token')).toEqual({ kind: 'unreachable' })
  })

  it('replaces the access token before it ends, and keeps the next refresh token', async () => {
    const { clock, asked, open } = await keeperWith((number) =>
      number === 1 ? { enrolDevice: session(clock, 1) } : { refreshSession: session(clock, number) },
    )
    const keeper = open()
    await keeper.enrol('token')
    await clock.move(LIFE_MS - 50_000)
    expect(await keeper.accessToken()).toBe('access-2')
    expect(asked.at(-1)).toEqual({ input: { refreshToken: 'refresh-1' } })
    const again = open()
    await again.start()
    expect(await again.accessToken()).toBe('access-2')
  })

  it('takes what another window renewed instead of using an old refresh token', async () => {
    const { clock, asked, open } = await keeperWith((number) =>
      number === 1 ? { enrolDevice: session(clock, 1) } : { refreshSession: session(clock, number) },
    )
    const first = open()
    await first.enrol('token')
    const second = open()
    await second.start()
    await clock.move(LIFE_MS - 50_000)
    expect(await first.accessToken()).toBe('access-2')
    expect(await second.accessToken()).toBe('access-2')
    expect(asked).toHaveLength(2)
  })

  it('goes on with a token that is still good while nobody answers', async () => {
    const { clock, open } = await keeperWith((number) =>
      number === 1 ? { enrolDevice: session(clock, 1) } : undefined,
    )
    const keeper = open()
    await keeper.enrol('token')
    await clock.move(LIFE_MS - 50_000)
    expect(await keeper.accessToken()).toBe('access-1')
    await clock.move(60_000)
    expect(await keeper.accessToken()).toBeUndefined()
    expect(keeper.state().phase).toBe('enrolled')
  })

  it('goes on with a token that is still good while the browser keeps nothing, and renews it once it does', async () => {
    const { clock, store, open } = await keeperWith((number) =>
      number === 1 ? { enrolDevice: session(clock, 1) } : { refreshSession: session(clock, number) },
    )
    const keeper = open()
    await keeper.enrol('token')
    const { set } = store
    store.set = async () => {
      throw new Error('The disk is full.')
    }
    await clock.move(LIFE_MS - 50_000)
    expect(await keeper.accessToken()).toBe('access-1')
    store.set = set
    expect(await keeper.accessToken()).toBe('access-3')
  })

  it('ends when the platform does not take the device any more', async () => {
    const { clock, open } = await keeperWith((number) =>
      number === 1
        ? { enrolDevice: session(clock, 1) }
        : { refreshSession: { __typename: 'InvalidCredentials', message: 'no' } },
    )
    const keeper = open()
    await keeper.enrol('token')
    keeper.refused('access-1')
    expect(await keeper.accessToken()).toBeUndefined()
    expect(keeper.state().phase).toBe('ended')
  })
})
