import { EventSource } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { eventSourceUrl, listenToEvents } from '../src/index.ts'
import { openEventStreamDoor } from './event-stream-door.ts'
import { type Counts, eventually, noteAll } from './told.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})

const operation = {
  query: 'subscription Counts($eventId: ID!) { counts(eventId: $eventId) { seq } }',
  operationName: 'Counts',
  variables: { eventId: 'ä & b' },
  extensions: { trace: true },
}

async function listen() {
  const door = await openEventStreamDoor()
  const told = noteAll()
  const source = new EventSource(eventSourceUrl(door.url, operation))
  const stop = listenToEvents<Counts>(source, told.sink)
  closers.push(door.close, stop)
  const stream = async (index: number) => {
    await eventually(() => door.streams.length).toBeGreaterThan(index)
    const asked = door.streams[index]
    if (!asked) throw new Error('Nothing was asked for.')
    return asked
  }
  return { ...told, stream, source, stop, door }
}

describe('an EventSource', () => {
  it('asks by an address that says everything', async () => {
    const { stream } = await listen()
    const { method, url } = await stream(0)
    expect(method).toBe('GET')
    expect(url.searchParams.get('query')).toBe(operation.query)
    expect(url.searchParams.get('operationName')).toBe('Counts')
    expect(JSON.parse(url.searchParams.get('variables') ?? '')).toEqual(operation.variables)
    expect(JSON.parse(url.searchParams.get('extensions') ?? '')).toEqual(operation.extensions)
  })

  it('leaves out a query that is named by its hash or its id', () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'abc' } }
    const url = new URL(eventSourceUrl('http://door/graphql?a=1', { query: '', extensions }))
    expect([...url.searchParams.keys()]).toEqual(['a', 'extensions'])
    const byId = new URL(eventSourceUrl('http://door/graphql', { documentId: 'sha256:abc' }))
    expect([...byId.searchParams]).toEqual([['documentId', 'sha256:abc']])
  })

  it('comes back by itself after the last id, and what it missed is told', async () => {
    const { stream, seqs, states, phases, deliveries } = await listen()
    const first = await stream(0)
    first.write('retry: 100\n\n')
    first.next(41)
    await eventually(seqs).toEqual([41])
    first.response.end()
    const second = await stream(1)
    expect(second.headers['last-event-id']).toBe('41')
    second.next(50, { extensions: { gap: { afterSeq: 41, beforeSeq: 50 } } })
    await eventually(seqs).toEqual([41, 50])
    expect(deliveries[1]).toEqual({ position: '50', isReset: false, gap: { afterSeq: 41, beforeSeq: 50 } })
    expect(phases()).toEqual(['connecting', 'live', 'lost', 'live'])
    expect(states.at(-1)).toMatchObject({ interruption: { outcome: 'gap' } })
  })

  it('ends with complete, and with an error before it', async () => {
    const whole = await listen()
    const first = await whole.stream(0)
    first.next(1)
    first.write('event: complete\ndata: x\n\n')
    await eventually(() => whole.ends).toEqual(['complete'])
    const refused = await listen()
    const second = await refused.stream(0)
    second.write('event: next\ndata: {"errors":[{"message":"","extensions":{"code":"FORBIDDEN"}}]}\n\n')
    second.write('event: complete\ndata: x\n\n')
    await eventually(() => refused.ends).toMatchObject([{ code: 'FORBIDDEN' }])
    expect(refused.source.readyState).toBe(2)
  })

  it('ends where the browser gives up', async () => {
    const door = await openEventStreamDoor(() => ({ status: 403 }))
    const told = noteAll()
    const source = new EventSource(eventSourceUrl(door.url, operation))
    closers.push(door.close, listenToEvents<Counts>(source, told.sink))
    await eventually(() => told.ends).toMatchObject([{ code: 'UNREACHABLE' }])
    expect(told.states.at(-1)).toMatchObject({ phase: 'ended' })
  })
})
