// The floor behind a real Redis: what it sends is what a subscriber of the graph would get.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startValkey } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, test } from 'vitest'
import { floor } from './candidates/floor.ts'
import { channelOf, eventId, messageOf, nowMicros, occupancyOf } from './message.ts'
import { buildPrograms } from './programs.ts'
import { startServer } from './start.ts'

const canBuild = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0
const missing = (await serversOrSkip()) ?? (canBuild ? undefined : 'there is no C compiler, or no Linux')
const folder = mkdtempSync(join(tmpdir(), 'headcount-floor-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(missing)(titled('the floor', missing), () => {
  test('sends a published change to the subscribers of its event, as data of the field', async () => {
    const valkey = await startValkey({ directory: join(folder, 'redis') })
    const redis = new Redis(valkey.url)
    const server = await startServer(floor(buildPrograms(folder).floor), {
      folder,
      prefix: [],
      redisUrl: valkey.url,
      sourceUrl: '',
      issuer: '',
      transport: 'events',
    })
    try {
      const response = await fetch(`http://127.0.0.1:${server.port}/graphql`, {
        method: 'POST',
        body: JSON.stringify({ query: '', variables: { eventId: eventId(7) } }),
      })
      const [mine, other] = [
        occupancyOf(eventId(7), 41, nowMicros()),
        occupancyOf(eventId(8), 42, nowMicros()),
      ]
      await redis.publish(channelOf(eventId(8)), messageOf(other))
      await redis.publish(channelOf(eventId(7)), messageOf(mine))
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      const { value = '' } = (await reader?.read()) ?? {}
      const [head, data = ''] = value.split('\ndata: ')
      expect(head).toBe('event: next')
      expect(JSON.parse(data)).toEqual({ data: { occupancyChanged: mine } })
      await reader?.cancel()
    } finally {
      await server.stop()
      redis.disconnect()
      await valkey.stop()
    }
  })
})
