import { beforeAll, expect, test } from 'vitest'
import { eventId, pageSigner, ticketOf } from '../testing/sign-page.ts'
import { emptyState, isComplete, type OfflineState } from './offline-state.ts'
import { type AskManifest, adoptManifest, syncManifest } from './sync-manifest.ts'

let sign: Awaited<ReturnType<typeof pageSigner>>
beforeAll(async () => {
  sign = await pageSigner()
})

const [one, two] = [ticketOf('tkt_1', 'AAAAAQAAAAAAAAAA'), ticketOf('tkt_2', 'AAAAAgAAAAAAAAAA')]
const whole = { completeness: { tickets: 2, sum: 3 } }

/** A server with two tickets, a page each. */
const ask: AskManifest = (since) =>
  since === null
    ? sign(null, { ...whole, cursor: 'c1', hasNextPage: true, tickets: [one] })
    : sign(since, { ...whole, cursor: 'c2', tickets: since === 'c1' ? [two] : [] })

function counted(inner: AskManifest) {
  const asked: (string | null)[] = []
  const outer: AskManifest = (since) => {
    asked.push(since)
    return inner(since)
  }
  return { ask: outer, asked }
}

test('asks page by page from the beginning, later from where it is, and says each state on the way', async () => {
  const server = counted(ask)
  const states: OfflineState[] = []
  const state = await syncManifest(emptyState(eventId), server.ask, (next) => states.push(next))
  expect(isComplete(state)).toBe(true)
  expect(states.map(({ cursor }) => cursor)).toEqual(['c1', 'c2'])
  await syncManifest(state, server.ask)
  expect(server.asked).toEqual([null, 'c1', 'c2'])
})

test('what changed between two pages is asked for once more, not all anew', async () => {
  let pages = 0
  const server = counted(async (since) => {
    pages += 1
    // The second ticket commits after its page was read.
    return since === 'c1' && pages === 2 ? sign('c1', { ...whole, cursor: 'c1b' }) : late(since)
  })
  const late: AskManifest = (since) =>
    since === 'c1b' ? sign('c1b', { ...whole, cursor: 'c2', tickets: [two] }) : ask(since)
  const state = await syncManifest(emptyState(eventId), server.ask)
  expect(isComplete(state)).toBe(true)
  expect(server.asked).toEqual([null, 'c1', 'c1b'])
})

test('a state that has missed something is made anew, and keeps what it let through and whom it trusts', async () => {
  const good = await syncManifest(emptyState(eventId), ask)
  const presence = { tkt_1: {} }
  const { AAAAAQAAAAAAAAAA: _missed, ...tickets } = good.tickets
  const server = counted(ask)
  const state = await syncManifest({ ...good, tickets, presence }, server.ask)
  expect([isComplete(state), state.presence]).toEqual([true, presence])
  expect(server.asked).toEqual(['c2', 'c2', null, 'c1'])
  const other = await pageSigner()
  const stranger: AskManifest = (since) => (since === null ? other(null, whole) : ask(since))
  await expect(syncManifest({ ...good, tickets }, stranger)).rejects.toThrow('another key')
})

test('a server that never comes to an end is given up', async () => {
  const endless: AskManifest = (since) => sign(since, { cursor: 'c1', hasNextPage: true })
  await expect(syncManifest(emptyState(eventId), endless)).rejects.toThrow('does not go on')
})

test('what is decided while a sync is under way is not lost', async () => {
  const synced = await syncManifest(emptyState(eventId), ask)
  const current = { ...emptyState(eventId), presence: { tkt_2: {} } }
  expect(adoptManifest(current, synced)).toMatchObject({ cursor: 'c2', presence: { tkt_2: {} } })
})
