import { StringDecoder } from 'node:string_decoder'

/** One event of a stream. */
export interface ServerEvent {
  /** `message` where the stream does not say. */
  readonly name: string
  readonly data: string
}

/** Reads https://html.spec.whatwg.org/multipage/server-sent-events.html piece by piece. */
export class EventReader {
  private readonly decoder = new StringDecoder('utf8')
  private readonly limit: number
  private rest = ''
  private name = ''
  private data: string[] = []
  private size = 0
  private isFirst = true

  /** @param limit characters of one event */
  constructor(limit: number) {
    this.limit = limit
  }

  /** The events that end in this piece. @throws Error when one is too long */
  read(piece: Uint8Array): ServerEvent[] {
    const lines = this.lines(this.decoder.write(piece))
    const events = lines.flatMap((line) => this.readLine(line))
    if (this.size + this.rest.length > this.limit) {
      throw new Error(`an event of more than ${this.limit} characters`)
    }
    return events
  }

  /** The lines that end in this text. */
  private lines(piece: string): string[] {
    let text = piece
    if (this.isFirst && text !== '') {
      this.isFirst = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    // A long line comes in many pieces: what came before is not searched again.
    const isWithin = !text.includes('\n') && !text.includes('\r') && !this.rest.endsWith('\r')
    text = this.rest + text
    this.rest = text
    if (isWithin) return []
    // A line break may be two characters, of which the second has not come yet.
    const isCut = text.endsWith('\r')
    const lines = (isCut ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
    this.rest = `${lines.pop() ?? ''}${isCut ? '\r' : ''}`
    return lines
  }

  private readLine(line: string): ServerEvent[] {
    if (line === '') return this.takeEvent()
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'event') this.name = value
    if (field === 'data') {
      this.data.push(value)
      // With the line break that it stands for: empty lines take room too.
      this.size += value.length + 1
    }
    return []
  }

  private takeEvent(): ServerEvent[] {
    const { name, data } = this
    this.name = ''
    this.data = []
    this.size = 0
    if (name === '' && data.length === 0) return []
    return [{ name: name === '' ? 'message' : name, data: data.join('\n') }]
  }
}
