import { expect, test, vi } from 'vitest'
import type { LiveMessage, Topics } from '../src/index.ts'

export const CHANNEL = 'org:org_1:event:evt_1:occupancy'
export const message = (seq: number): LiveMessage => ({
  seq,
  asOf: '2026-11-22T18:00:00Z',
  data: { inside: seq },
})

/** What all forms promise. `open` gives two ends: where a service publishes and where a gateway listens. */
export function promises(open: () => Promise<{ service: Topics; gateway: Topics }>): void {
  test('a message reaches every listener of its channel, in order, and no other', async () => {
    const { service, gateway } = await open()
    const first: LiveMessage[] = []
    const second: LiveMessage[] = []
    const other: LiveMessage[] = []
    await gateway.subscribe(CHANNEL, (received) => first.push(received))
    await gateway.subscribe(CHANNEL, (received) => second.push(received))
    await gateway.subscribe('org:org_2:event:evt_1:occupancy', (received) => other.push(received))
    for (let seq = 1; seq <= 50; seq++) await service.publish(CHANNEL, message(seq))
    await vi.waitFor(() => expect(first).toHaveLength(50))
    expect(first.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
    expect(second).toEqual(first)
    expect(first[0]).toEqual(message(1))
    expect(other).toEqual([])
  })

  test('a listener that has left hears nothing more, the others do', async () => {
    const { service, gateway } = await open()
    const stays = vi.fn()
    const leaves = vi.fn()
    await gateway.subscribe(CHANNEL, stays)
    const leave = await gateway.subscribe(CHANNEL, leaves)
    await leave()
    await leave()
    await service.publish(CHANNEL, message(1))
    await vi.waitFor(() => expect(stays).toHaveBeenCalledOnce())
    expect(leaves).not.toHaveBeenCalled()
  })

  test('leaving and joining at the same moment keeps the channel', async () => {
    const { service, gateway } = await open()
    for (let round = 1; round <= 20; round++) {
      const listener = vi.fn()
      const leave = await gateway.subscribe(CHANNEL, () => undefined)
      const [, leaveAgain] = await Promise.all([leave(), gateway.subscribe(CHANNEL, listener)])
      await service.publish(CHANNEL, message(round))
      await vi.waitFor(() => expect(listener).toHaveBeenCalledOnce())
      await leaveAgain()
    }
  })

  test('the publisher sees which channels have listeners', async () => {
    const { service, gateway } = await open()
    expect(await service.activeChannels('org:*:event:*:occupancy')).toEqual([])
    const leave = await gateway.subscribe(CHANNEL, () => undefined)
    await gateway.subscribe('org:org_1:gate:gat_1', () => undefined)
    expect(await service.activeChannels('org:*:event:*:occupancy')).toEqual([CHANNEL])
    await leave()
    await vi.waitFor(async () => expect(await service.activeChannels('org:*:event:*')).toEqual([]))
  })

  test('what has not the form of a live message is dropped, what follows is not', async () => {
    const { service, gateway } = await open()
    const received: LiveMessage[] = []
    await gateway.subscribe(CHANNEL, (arrived) => received.push(arrived))
    const malformed = [
      { seq: -1, asOf: '2026-11-22T18:00:00Z' },
      { seq: 1 },
      { seq: 1, asOf: 'soon' },
      'text',
      null,
    ]
    for (const bad of malformed) await service.publish(CHANNEL, bad as unknown as LiveMessage)
    await service.publish(CHANNEL, { seq: 2, asOf: '2026-11-22T18:00:00+01:00' })
    await vi.waitFor(() => expect(received).toEqual([{ seq: 2, asOf: '2026-11-22T18:00:00+01:00' }]))
  })

  test('a listener that throws stops nobody', async () => {
    const { service, gateway } = await open()
    const listener = vi.fn()
    await gateway.subscribe(CHANNEL, () => {
      throw new Error('a fault of the listener')
    })
    await gateway.subscribe(CHANNEL, listener)
    await service.publish(CHANNEL, message(1))
    await vi.waitFor(() => expect(listener).toHaveBeenCalledOnce())
  })
}
