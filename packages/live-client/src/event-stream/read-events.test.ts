import { describe, expect, it } from 'vitest'
import { readEvents } from './read-events.ts'

async function read(...pieces: (string | Uint8Array)[]) {
  const retries: number[] = []
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece)
      controller.close()
    },
  })
  const events = []
  for await (const event of readEvents(body, (ms) => retries.push(ms))) events.push(event)
  return { events, retries }
}

describe('readEvents', () => {
  it('reads what the standard’s own example has', async () => {
    const { events } = await read(
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n',
    )
    expect(events).toEqual([
      { event: 'message', data: 'first event', id: '1' },
      { event: 'message', data: 'second event', id: '' },
    ])
  })

  it('joins lines, and keeps the last id', async () => {
    const { events } = await read('event: next\nid: 4\ndata: a\ndata: b\n\nevent: next\ndata: c\n\n')
    expect(events).toEqual([
      { event: 'next', data: 'a\nb', id: '4' },
      { event: 'next', data: 'c', id: '4' },
    ])
  })

  it.each(['\n', '\r\n', '\r'])(
    'takes %j for the end of a line, wherever the pieces are cut',
    async (end) => {
      const text = `event: next${end}data: Grüße${end}${end}data: 2${end}${end}`
      const bytes = new TextEncoder().encode(text)
      for (let cut = 1; cut < bytes.length; cut++) {
        const { events } = await read(bytes.subarray(0, cut), bytes.subarray(cut))
        // A single CR at the very end may be the first half of CR LF.
        expect(events.slice(0, 1)).toEqual([{ event: 'next', data: 'Grüße', id: '' }])
        if (end !== '\r') expect(events).toHaveLength(2)
      }
    },
  )

  it('tells of a wait, also where the stream ends after it', async () => {
    expect(await read('retry: 100\n\nretry: x\nretry: 2500\n')).toEqual({ events: [], retries: [100, 2500] })
  })

  it('refuses an event without end, in one line or in many', async () => {
    const megabyte = 'x'.repeat(1_048_576)
    await expect(read('data: ', ...Array(9).fill(megabyte))).rejects.toThrow('8388608 characters')
    await expect(read(...Array(9).fill(`data: ${megabyte}\n`))).rejects.toThrow('8388608 characters')
  })
})
