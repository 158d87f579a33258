import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startNats } from '@headcount/servers'
import { freePort, serversOrSkip, titled } from '@headcount/servers/testing'
import { pino } from 'pino'
import { describe, expect, test, vi } from 'vitest'
import { natsAnnouncements } from '../src/index.ts'

const log = pino({ level: 'silent' })
const missing = await serversOrSkip()

describe.skipIf(missing)(titled('announcements', missing), () => {
  test('are heard at once by all who listen, also after the server was away, and by nobody after the end', async () => {
    await using cleanup = new AsyncDisposableStack()
    const directory = await mkdtemp(join(tmpdir(), 'headcount-words-'))
    cleanup.defer(() => rm(directory, { recursive: true, force: true }))
    const port = await freePort()
    const url = `nats://127.0.0.1:${port}`
    const [speaker, one, other] = [1, 2, 3].map(() => {
      const made = natsAnnouncements({ url, log })
      cleanup.defer(() => made.close())
      return made
    })
    if (!speaker || !one || !other) throw new Error('three were made')
    const heard: string[] = []
    const end = one.hear('test.words', (word) => heard.push(`one ${word}`))
    other.hear('test.words', (word) => heard.push(`other ${word}`))
    // Nobody is there: nothing happens, and nothing breaks.
    speaker.say('test.words', 'lost')
    let server = await startNats({ directory, port })
    const untilHeard = (word: string) =>
      vi.waitFor(
        () => {
          speaker.say('test.words', word)
          expect(heard).toEqual(expect.arrayContaining([`one ${word}`, `other ${word}`]))
        },
        { timeout: 15_000, interval: 50 },
      )
    await untilHeard('first')
    await server.stop()
    speaker.say('test.words', 'lost')
    server = await startNats({ directory, port })
    cleanup.defer(() => server.stop())
    await untilHeard('second')
    heard.length = 0
    speaker.say('test.other', 'elsewhere')
    speaker.say('test.words', 'once')
    await vi.waitFor(() =>
      expect(heard.filter((word) => word.endsWith('once')).sort()).toEqual(['one once', 'other once']),
    )
    expect(heard.filter((word) => word.includes('lost') || word.includes('elsewhere'))).toEqual([])
    end()
    speaker.say('test.words', 'last')
    await vi.waitFor(() => expect(heard).toContain('other last'))
    expect(heard).not.toContain('one last')
  })
})
