import { readFileSync } from 'node:fs'
import { EventSource } from 'undici'
import { afterEach, expect, test } from 'vitest'
import { createWebSocketClient } from '../src/graphql-ws.ts'
import { createEventStreamClient, eventSourceUrl, listenToEvents } from '../src/index.ts'
import { openEventStreamDoor } from './event-stream-door.ts'
import { eventually, placed } from './told.ts'
import { openWebSocketDoor } from './web-socket-door.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const examples = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

interface Given {
  readonly port?: number
  readonly names: Readonly<Record<string, unknown>>
  readonly gives: string
}

/** Runs an example as it stands, at a server of the test's, with the names that it does not make itself. */
function run(index: number, { port, names, gives }: Given): unknown {
  const code = (examples[index] ?? '')
    .replaceAll(/^import .*$/gm, '')
    .replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`)
  return new Function(...Object.keys(names), `${code}\nreturn ${gives}`)(...Object.values(names))
}

const imported = {
  createWebSocketClient,
  createEventStreamClient,
  eventSourceUrl,
  listenToEvents,
  EventSource,
}

function reader() {
  const told = { shown: [] as unknown[], phases: [] as string[] }
  const tokens: ((token: string) => void)[] = []
  return {
    told,
    names: {
      ...imported,
      session: {
        accessToken: async () => 'a token',
        onNewToken: (listener: (token: string) => void) => tokens.push(listener),
      },
      show: (...what: unknown[]) => told.shown.push(what),
      showConnection: ({ phase }: { phase: string }) => told.phases.push(phase),
      showRefusal: () => {},
      showEnd: () => {},
    },
    renew: (token: string) => {
      for (const tell of tokens) tell(token)
    },
  }
}

test('the README has the examples that are run here', () => {
  expect(examples).toHaveLength(4)
})

test('the example over WebSockets subscribes, shows, and renews its token', async () => {
  const door = await openWebSocketDoor()
  const { told, names, renew } = reader()
  const { client } = run(0, { port: door.port, names, gives: '{ client, stop }' }) as {
    client: ReturnType<typeof createWebSocketClient>
  }
  closers.push(door.close, client.close)
  await eventually(() => door.seen.operations.length).toBe(1)
  const [operation] = door.seen.operations
  expect(operation?.payload).toMatchObject({ variables: { eventId: 'evt_1' }, extensions: { resume: null } })
  operation?.send('next', placed(7))
  await eventually(() => told.shown).toEqual([[{ counts: { seq: 7 } }, {}]])
  expect(told.phases).toEqual(['connecting', 'live'])
  renew('the next token')
  await eventually(() => door.seen.tokens).toEqual(['a token', 'the next token'])
})

test('the example over fetch makes a client that sends its token', async () => {
  const door = await openEventStreamDoor()
  const { names } = reader()
  const given = { port: door.port, names, gives: 'client' }
  const client = run(1, given) as ReturnType<typeof createEventStreamClient>
  closers.push(door.close, client.close)
  client.subscribe({ query: '{ x }' }, { next: () => {}, error: () => {}, complete: () => {} })
  await eventually(() => door.streams[0]?.headers.authorization).toBe('Bearer a token')
})

test('the example with an EventSource shows what comes', async () => {
  const door = await openEventStreamDoor()
  const { told, names } = reader()
  const stop = run(2, { port: door.port, names, gives: 'stop' }) as () => void
  closers.push(door.close, stop)
  await eventually(() => door.streams.length).toBe(1)
  door.streams[0]?.next(7)
  await eventually(() => told.shown).toHaveLength(1)
  expect(told.phases).toEqual(['connecting', 'live'])
})

test('the example of a position resumes by the operation’s own variables', () => {
  const ownPosition = run(3, { names: {}, gives: 'ownPosition' }) as {
    of: (data: unknown) => string | undefined
    variables: (position: string) => object
  }
  expect(ownPosition.of({ occupancyChanged: { seq: 41 } })).toBe('41')
  expect(ownPosition.of({ occupancyChanged: null })).toBeUndefined()
  expect(ownPosition.variables('41')).toEqual({ afterSeq: 41 })
})
