import { fail } from '@headcount/errors'
import type { LiveMessage } from '@headcount/live'
import { Group } from './group.ts'
import { LiveText } from './live-text.ts'
import { messageReader, type ReadMessage } from './message-reader.ts'
import type { Answer, Reader } from './reader.ts'
import type { Subscriber } from './subscriber.ts'

/** Events that are kept for members that come back, or that read slowly. */
const keptEvents = 256
/** Characters of all kept events together. */
const keptCharacters = 4 * 1_048_576
/** Messages that may wait while another subgraph completes one. */
const waitingMessages = 256
/** How long a log is kept when its last member has gone, in milliseconds: it may come back. */
const keptMs = 30_000

/** One event of a log as its members get it; without a body it says that events up to it were missed. */
class LogEvent {
  readonly seq: number
  readonly publishedAtMs: number
  /** `"errors":…,"data":…` */
  readonly body: string | undefined
  private plain: LiveText | undefined
  private positioned: LiveText | undefined

  constructor(seq: number, publishedAtMs: number, body: string | undefined) {
    this.seq = seq
    this.publishedAtMs = publishedAtMs
    this.body = body
  }

  /** For those who have the event before it. */
  text(wantsPosition: boolean): LiveText {
    if (wantsPosition) {
      this.positioned ??= this.made({ resume: String(this.seq) })
      return this.positioned
    }
    this.plain ??= this.made(undefined)
    return this.plain
  }

  /** For one who has missed what lies between. */
  textAfter(afterSeq: number, wantsPosition: boolean): LiveText {
    const beforeSeq = this.body === undefined ? this.seq + 1 : this.seq
    const gap = { afterSeq, beforeSeq }
    return this.made(wantsPosition ? { resume: String(this.seq), gap } : { gap })
  }

  private made(extensions: object | undefined): LiveText {
    const parts = [this.body, extensions && `"extensions":${JSON.stringify(extensions)}`]
    return new LiveText(`{${parts.filter((part) => part !== undefined).join()}}`, this.seq)
  }
}

/**
 * A group whose topic is a log: its events are numbered without a gap, and each member gets them all in their order. The
 * latest are kept once for all members, and a member is no more than a place among them: who reads too slowly, or comes
 * back too late, is told what it has missed.
 */
export class LogGroup extends Group {
  private events: LogEvent[] = []
  private characters = 0
  /** Position of the last event that was heard of; -1 = of none yet. */
  private lastSeq = -1
  private readonly waiting: LiveMessage[] = []
  private isWorking = false
  private readMessage: ReadMessage | undefined
  private compiledFor: Reader | undefined

  protected override intervalFor(): number {
    // Nothing is merged: each event counts.
    return 0
  }

  protected override get lingersMs(): number {
    return keptMs
  }

  override async prepare(): Promise<void> {
    const { reader } = this
    if (this.compiledFor === reader) return
    const readMessage = await messageReader(reader, this.live.parts)
    if (!readMessage) {
      throw fail('BAD_USER_INPUT', 'The messages of this subscription do not hold all that is selected.')
    }
    if (reader !== this.reader) return this.prepare()
    this.readMessage = readMessage
    this.compiledFor = reader
  }

  protected override receive(message: LiveMessage): void {
    this.waiting.push(message)
    // The jump in the numbers tells of what is let go.
    if (this.waiting.length > waitingMessages) this.waiting.shift()
    this.work()
  }

  override wanted(): void {
    // Nothing is held: each event counts.
  }

  override refresh(): void {
    // What was lost shows as a jump in the numbers of the next message or heartbeat.
  }

  /** Hot path where messages hold all: no promise is made. */
  private work(): void {
    while (!this.isWorking && !this.isOver && this.compiledFor) {
      const message = this.waiting.shift()
      if (!message) return
      if (message.data === undefined) this.heard(message)
      else if (message.seq > this.lastSeq) this.resolve(message)
    }
  }

  /** A heartbeat: whether all was heard that there is. */
  private heard({ seq, asOf }: LiveMessage): void {
    const { lastSeq } = this
    if (lastSeq >= 0 && seq > lastSeq) this.append(new LogEvent(seq, Date.parse(asOf), undefined))
    else if (lastSeq < 0) this.tellMissed(seq, asOf)
    // Lower: the log itself was set back, and begins again from there.
    this.lastSeq = seq
  }

  /** The first word of a log that nobody has listened to: members that come from elsewhere may have missed some of it. */
  private tellMissed(seq: number, asOf: string): void {
    if (this.members().some((member) => member.seq >= 0 && member.seq < seq)) {
      this.append(new LogEvent(seq, Date.parse(asOf), undefined))
    }
  }

  private resolve(message: LiveMessage): void {
    const answer = this.readMessage?.(message)
    if (!(answer instanceof Promise)) {
      this.take(message, answer)
      return
    }
    this.isWorking = true
    const { reader } = this
    answer
      .then(
        (found) => this.take(message, found),
        (error: unknown) => {
          // It was given up for another supergraph, under which it is completed.
          if (reader !== this.reader) this.waiting.unshift(message)
          else this.take(message, { data: {}, errors: this.live.maskAll(error) })
        },
      )
      .finally(() => {
        this.isWorking = false
        this.work()
      })
  }

  private take({ seq, asOf }: LiveMessage, answer: Answer | undefined): void {
    this.lastSeq = seq
    if (!answer) {
      this.live.log.error(
        { channel: this.channel, seq },
        'a message does not hold what @topic(carries:) names',
      )
      return
    }
    const { data, errors } = answer
    const isNothing = Object.keys(data).length === 0
    const head = errors.length > 0 ? `"errors":${JSON.stringify(errors)},` : ''
    const body = `${head}"data":${isNothing ? 'null' : JSON.stringify(data)}`
    this.live.counts.resolved.message += 1
    this.append(new LogEvent(seq, Date.parse(asOf), body))
  }

  private append(event: LogEvent): void {
    this.events.push(event)
    this.characters += event.body?.length ?? 0
    while (this.events.length > keptEvents || (this.characters > keptCharacters && this.events.length > 1)) {
      this.characters -= this.events.shift()?.body?.length ?? 0
    }
    this.version += 1
    this.changedIn = this.version
    this.wakeAll()
  }

  protected override welcome(subscriber: Subscriber, afterSeq: number | undefined): void {
    subscriber.seq = afterSeq ?? -1
    subscriber.version = this.version
    if (afterSeq === undefined) return
    const missed = this.events.findIndex(({ seq }) => seq > afterSeq)
    if (missed === -1) return
    subscriber.version = this.version - this.events.length + missed
    this.give(subscriber)
  }

  /** Hot path: once a subscriber and event, or some. */
  override give(subscriber: Subscriber): boolean {
    const { events, version } = this
    const { sink, wantsPosition } = subscriber
    const first = version - events.length
    const before = subscriber.version
    if (before < first) {
      this.live.counts.merged += first - before
      subscriber.version = first
    }
    while (subscriber.version < version && !sink.isFull) {
      const event = events[subscriber.version - first]
      subscriber.version += 1
      if (event) this.send(event, subscriber, wantsPosition)
    }
    return subscriber.version > before
  }

  private send(event: LogEvent, subscriber: Subscriber, wantsPosition: boolean): void {
    const { seq } = subscriber
    const hasMissed = seq >= 0 && (event.body === undefined ? event.seq > seq : event.seq > seq + 1)
    // Who has not asked for positions is told with the next event.
    if (event.body === undefined && !(wantsPosition && hasMissed)) return
    subscriber.sink.send(hasMissed ? event.textAfter(seq, wantsPosition) : event.text(wantsPosition))
    subscriber.seq = event.seq
  }

  override sent(count: number): void {
    if (count > 0) this.live.sent('message', count, this.events.at(-1)?.publishedAtMs)
  }

  protected override readerChanged(): void {
    this.compiledFor = undefined
    this.prepare().then(
      () => this.work(),
      (error: unknown) => this.finish(this.live.maskAll(error)),
    )
  }
}
