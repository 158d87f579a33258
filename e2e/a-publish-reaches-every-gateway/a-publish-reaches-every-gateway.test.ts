import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Home, makeHome } from '../setup/home.ts'
import type { CommandResult } from '../setup/run-headcount.ts'
import { type GatewayProgram, type RegistryProgram, startGateway, startRegistry } from './programs.ts'
import { type Draft, publish, send, wholeVersions } from './published.ts'
import { breaks, fieldOf, roomsOf, type Subgraphs, seats, startSubgraphs } from './subgraphs.ts'

const GATEWAYS = ['gateway-1', 'gateway-2', 'gateway-3']
const SERVED_MS = 60_000
/** How long a refused version is looked for. */
const LOOKED_MS = 500
/** HEADCOUNT_AWAY_SECONDS lets it be away for longer than every run has time for. */
const AWAY_MS = Number(process.env['HEADCOUNT_AWAY_SECONDS'] ?? 3) * 1000
/** When the registry is killed, as a share of the time that a publish takes. */
const PHASES = [0, 0.3, 0.6, 0.9, 1.2, 1.6, 2.5]
/** In this one a gateway is started anew while the registry is away. */
const RESTARTED_IN = 0.6

describe('a publish reaches every gateway', () => {
  let home: Home
  let subgraphs: Subgraphs
  let registry: RegistryProgram
  let gateways: readonly GatewayProgram[] = []
  let round = 0

  const rooms = (sdl: string): Draft => ({ name: 'rooms', url: subgraphs.url, sdl, message: fieldOf(round) })
  const publishRooms = (sdl: string) => publish(home, registry.url, rooms(sdl))
  const whoServes = async (field: string) =>
    (await Promise.all(gateways.map((gateway) => gateway.serves(field)))).filter((does) => does).length

  /** Resolves with the time until each gateway serves the field. */
  const untilServed = (field: string) => {
    const since = performance.now()
    return Promise.all(
      gateways.map(async (gateway) => {
        const isServed = () => gateway.serves(field)
        await expect.poll(isServed, { timeout: SERVED_MS, interval: 20 }).toBe(true)
        return Math.round(performance.now() - since)
      }),
    )
  }

  beforeAll(async () => {
    home = await makeHome(['registry'])
    subgraphs = await startSubgraphs()
    registry = await startRegistry(home)
    // Alone, seats have nothing that can be asked.
    const both = [rooms(roomsOf(round)), { ...rooms(seats), name: 'seats' }]
    for (const draft of both) expectCode(0, await publish(home, registry.url, draft))
    const starts = GATEWAYS.map((name) => startGateway(home, name, registry.url))
    gateways = await Promise.all(starts)
  })
  afterEach(({ task }) => {
    if (task.result?.state !== 'fail') return
    for (const { name, output } of gateways) process.stderr.write(`${name}:\n${output().slice(-3000)}\n`)
  })
  afterAll(async () => {
    await Promise.all(gateways.map((gateway) => gateway.stop()))
    await registry?.stop()
    subgraphs?.close()
    await home?.remove()
  })

  const expectCode = (code: number, result: CommandResult) => expect(result.code, result.output).toBe(code)
  const expectNoFailure = () => {
    for (const gateway of gateways) {
      expect(gateway.failures().slice(0, 5)).toEqual([])
      expect(gateway.output()).not.toMatch(/was refused|"level":[56]0/)
    }
  }

  test('every good one is served by all of them, no broken one by any, and no request fails', async () => {
    const table: string[] = []
    for (const breakIt of breaks) {
      round += 1
      const served = untilServed(fieldOf(round))
      const since = performance.now()
      const good = await publishRooms(roomsOf(round))
      const tookMs = Math.round(performance.now() - since)
      expectCode(0, good)
      table.push(`${fieldOf(round)}: command ${tookMs} ms; served after ${(await served).join(', ')} ms`)

      const last = round
      round += 1
      expectCode(1, await publishRooms(breakIt(round)))
      for (const until = performance.now() + LOOKED_MS; performance.now() < until; await sleep(20)) {
        expect(await whoServes(fieldOf(round))).toBe(0)
      }
      expect(await whoServes(fieldOf(last))).toBe(gateways.length)
    }
    process.stderr.write(`${table.join('\n')}\n`)
    const versions = await wholeVersions(registry.url)
    expect(versions.filter(({ composes }) => !composes)).toHaveLength(breaks.length)
    expectNoFailure()
  })

  test(`the registry killed for ${AWAY_MS / 1000} s in the middle of a publish: all of it or nothing, and gateways serve on`, async () => {
    round += 1
    const since = performance.now()
    expect(await send(registry.url, rooms(roomsOf(round)))).toBe(200)
    const publishMs = performance.now() - since
    const table: string[] = [`a publish: ${Math.round(publishMs)} ms`]
    const port = Number(new URL(registry.url).port)
    for (const phase of PHASES) {
      round += 1
      const sent = send(registry.url, rooms(roomsOf(round)))
      await sleep(phase * publishMs)
      await registry.kill()
      const first = (await sent) ?? 'broken off'
      const before = gateways.map((gateway) => gateway.answered())
      // A start without the registry: from the copy, which its own folder alone has.
      if (phase === RESTARTED_IN) await gateways[2]?.restart()
      await sleep(AWAY_MS)
      for (const [index, gateway] of gateways.entries()) {
        expect(gateway.answered()).toBeGreaterThan(before[index] ?? 0)
      }
      registry = await startRegistry(home, port)
      const made = await madeSoFar()
      const retried = await publishRooms(roomsOf(round))
      expectCode(0, retried)
      expect(retried.output).toContain(made === 0 ? 'is live' : 'Nothing differs')
      expect(await madeSoFar()).toBe(1)
      const times = await untilServed(fieldOf(round))
      table.push(
        `killed at ${phase}: ${first}, ${made === 0 ? 'nothing' : 'all'} published; served ${times.join(', ')} ms after the retry`,
      )
    }
    process.stderr.write(`${table.join('\n')}\n`)
    expect(gateways[2]?.output()).toContain('the last good one serves, from the copy on disk')
    expectNoFailure()
  })

  /** How many versions there are of this round, all of them being whole. */
  async function madeSoFar(): Promise<number> {
    const versions = await wholeVersions(registry.url)
    expect(versions.filter(({ isLive }) => isLive)).toHaveLength(1)
    expect(versions.find(({ composes }) => composes)?.isLive).toBe(true)
    const numbers = versions.map(({ number }) => number)
    expect(numbers).toEqual(numbers.map((_, index) => versions.length - index))
    return versions.filter(({ message }) => message === fieldOf(round)).length
  }
})
