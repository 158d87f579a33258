import type { Clock } from '@headcount/live-client'
import type { ScanQueue, SealedStore } from '@headcount/scanner'
import { eventTimes } from '../words/times.ts'
import { type Answer, answerOf, type Face } from './answer/answer.ts'
import { type AttemptParts, makeAttempt, type Presented, type Verdict } from './attempt/make-attempt.ts'
import type { RecordAttempt } from './attempt/scan-server.ts'
import { type Choice, FIRST_CHOICE, readChoice } from './choice.ts'
import { RepeatGuard } from './reading/repeat-guard.ts'
import { chosenGate, type ScannerView } from './scanner-view.ts'
import type { OfflineList } from './sync/offline-list.ts'
import type { ScannerGate, Standing } from './sync/standing.ts'

export interface ScannerParts {
  queue: ScanQueue
  list: OfflineList
  store: SealedStore
  /** What the platform last said of this device. */
  standing: Standing
  record: RecordAttempt
  clock: Clock
  random: () => number
  /** Whether the device has a network at all. */
  isOnline: () => boolean
  play: (face: Face) => void
}

const CHOICE = 'choice'
/** Where the standing is kept, so that a page that opens offline knows its gates. */
export const STANDING = 'standing'

/** One scanner at work: takes codes, shows answers, and knows how it stands with the platform. */
export class Scanner {
  readonly #parts: ScannerParts
  readonly #listeners = new Set<() => void>()
  readonly #guard = new RepeatGuard()
  #view: ScannerView
  #line: Promise<void> = Promise.resolve()
  #cancelAnswer = () => {}
  /** Called when an attempt has come into the queue that only an upload takes out. */
  onWaiting = () => {}

  constructor(parts: ScannerParts) {
    this.#parts = parts
    this.#view = {
      ...standingView(parts.standing),
      choice: FIRST_CHOICE,
      answer: undefined,
      isDeciding: false,
      isReachable: parts.isOnline(),
      ...{ waiting: 0, waitingMs: undefined, damaged: 0, isStoreFailing: false },
      list: { isComplete: false, ageMs: undefined, tickets: 0 },
      ...{ listProblem: undefined, batteryPercent: undefined },
    }
  }

  readonly view = (): ScannerView => this.#view

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes up what this browser kept. */
  async start(): Promise<void> {
    this.#change({ choice: readChoice(await this.#parts.store.get(CHOICE)) })
    this.#chooseOnly()
    this.refresh()
  }

  /** A code that was read; the same one within 2 s is one attempt. One attempt after the other. */
  readonly scan = (code: string): void => {
    const gate = chosenGate(this.#view)
    if (!gate || !this.#guard.isNew(code, this.#parts.clock.now())) return
    const presented: Presented = { code, gateId: gate.id, direction: this.#view.choice.direction }
    this.#line = this.#line.then(() => this.#decide(presented))
  }

  /** Clears the answer, as the operator's own word that it was seen. */
  readonly next = (): void => {
    this.#cancelAnswer()
    this.#change({ answer: undefined })
  }

  readonly choose = (choice: Partial<Choice>): void => {
    this.#change({ choice: { ...this.#view.choice, ...choice } })
    void this.#keep(this.#parts.store.set(CHOICE, this.#view.choice))
  }

  /** The platform has said how this scanner stands. */
  async stand(standing: Standing): Promise<void> {
    const { list, store } = this.#parts
    const wasEmergency = this.#isEmergency()
    this.#change({ ...standingView(standing), isReachable: true })
    this.#chooseOnly()
    // An answer that stays would hide the notice.
    if (this.#isEmergency() && !wasEmergency) this.next()
    if (standing.event) list.atEvent(standing.event.id)
    await this.#keep(store.set(STANDING, standing))
  }

  readonly reach = (isReachable: boolean): void => {
    if (isReachable !== this.#view.isReachable) this.#change({ isReachable })
  }

  /** Reads again what changes by itself: what waits, and how old the list is. */
  refresh(more: Partial<Pick<ScannerView, 'batteryPercent' | 'listProblem'>> = {}): void {
    const { queue, list, clock } = this.#parts
    const { oldestAt } = queue
    this.#change({
      ...more,
      waiting: queue.size,
      waitingMs: oldestAt === null ? undefined : clock.now() - Date.parse(oldestAt),
      damaged: queue.damaged,
      list: list.status(clock.now()),
    })
  }

  #isEmergency(): boolean {
    return chosenGate(this.#view)?.status === 'EMERGENCY'
  }

  /** The scanner works on with what it has in memory, and says that it is not kept. */
  #keep(writing: Promise<void>): Promise<void> {
    const told = (isStoreFailing: boolean) => () => this.#change({ isStoreFailing })
    return writing.then(told(false), told(true))
  }

  #chooseOnly(): void {
    const [only, another] = this.#view.gates
    if (only && !another && !chosenGate(this.#view)) this.choose({ gateId: only.id })
  }

  async #decide(presented: Presented): Promise<void> {
    this.#change({ isDeciding: true })
    try {
      const verdict = await makeAttempt(this.#attemptParts(), presented)
      this.#show(answerOf(verdict, presented, this.#times()))
      await this.#learn(verdict, presented)
    } catch (error) {
      this.#show(failedAnswer(error))
    }
    this.#change({ isDeciding: false })
    this.refresh()
  }

  #attemptParts(): AttemptParts {
    const { queue, record, list, clock, random, isOnline } = this.#parts
    return {
      ...{ queue, record, clock, random },
      decide: list.decide,
      isReachable: () => isOnline() && this.#view.isReachable,
      onReachable: this.reach,
    }
  }

  #show(answer: Answer): void {
    const { clock, play } = this.#parts
    this.#cancelAnswer()
    this.#change({ answer })
    if (!this.#view.choice.isMuted) play(answer.face)
    const { holdMs } = answer
    this.#cancelAnswer = holdMs === undefined ? () => {} : clock.after(holdMs, this.next)
  }

  /** What an attempt tells for the next ones. */
  async #learn(verdict: Verdict, presented: Presented): Promise<void> {
    if (verdict.kind !== 'answered' || verdict.word.kind === 'refused') return this.onWaiting()
    this.#takeStatus(presented, verdict.word)
    const { list, clock } = this.#parts
    if (verdict.word.kind === 'admitted') await this.#keep(list.note(presented, new Date(clock.now())))
  }

  /** Each answer says how its gate is: sooner than the next sign of life. */
  #takeStatus({ gateId }: Presented, { gateStatus }: { gateStatus: ScannerGate['status'] }): void {
    const gates = this.#view.gates.map((gate) =>
      gate.id === gateId ? { ...gate, status: gateStatus } : gate,
    )
    this.#change({ gates })
  }

  #times() {
    return eventTimes(this.#parts.list.state().ground?.event.timeZone ?? 'UTC')
  }

  #change(change: Partial<ScannerView>): void {
    this.#view = { ...this.#view, ...change }
    for (const listener of this.#listeners) listener()
  }
}

function standingView({ event, gates, missingCount, skewMs }: Standing) {
  return { eventName: event?.name, gates, missingCount, skewMs }
}

/** The browser could not keep the attempt, or what became of it. */
function failedAnswer(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error)
  return {
    scanId: '',
    face: 'stop',
    title: 'Stop',
    reason: 'This scanner has a fault',
    lines: [`What it scans cannot be kept: ${message}`, 'Use another scanner and tell your supervisor.'],
    isOffline: true,
  }
}
