import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster } from '@headcount/live/testing'
import { startValkey } from '@headcount/servers'
import { serversOrSkip, titled } from '@headcount/servers/testing'
import { describe, expect, test, vi } from 'vitest'
import { venueGraph } from './graph.ts'
import { serve } from './support.ts'

const missing = await serversOrSkip()
const query = '{ open }'
const extensions = {
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
}
const open = { data: { open: 'open' } }
const notFound = { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] }

test('while Redis is away a gateway serves, and knows the documents that it was sent itself', async () => {
  const served = await serve(venueGraph().all, 'in-process', { redisUrl: 'redis://127.0.0.1:9' })
  expect((await served.post({ extensions })).body).toMatchObject(notFound)
  expect((await served.post({ query, extensions })).body).toEqual(open)
  expect((await served.post({ extensions })).body).toEqual(open)
  const warnings = served.log.filter(({ msg }) => String(msg).includes('Redis does not answer'))
  expect(warnings).toHaveLength(1)
  await served.close()
})

const starts = {
  'one Valkey': (directory: string) => startValkey({ directory }),
  'a cluster': startCluster,
}

describe.skipIf(missing !== undefined)(titled('over Valkey', missing), () => {
  test.each(Object.entries(starts))(
    'a document that one gateway was sent is known to the other: %s',
    async (_, start) => {
      const folder = await mkdtemp(join(tmpdir(), 'headcount-persisted-'))
      const valkey = await start(folder)
      const [one, other] = await Promise.all(
        [0, 1].map(() => serve(venueGraph().all, 'in-process', { redisUrl: valkey.url })),
      )
      expect((await other?.post({ extensions }))?.body).toMatchObject(notFound)
      await vi.waitFor(
        async () => {
          // Sent again, as clients do: one that comes while the gateway still connects is kept by it alone.
          await one?.post({ query, extensions })
          expect((await other?.post({ extensions }))?.body).toEqual(open)
        },
        { timeout: 5_000 },
      )
      await one?.close()
      await other?.close()
      await valkey.stop()
      await rm(folder, { recursive: true })
    },
  )
})
