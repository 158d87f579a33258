import { randomUUID } from 'node:crypto'
import type { ReportedOperation, UsageAnswer, UsageReport } from '@headcount/registry-api'
import { reportBounds } from '@headcount/registry-api'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { ClientNames } from '../client-names.ts'
import type { OperationRun } from '../exchange.ts'
import type { KnownOperation } from '../operations/known-operation.ts'
import { ReportSender } from './report-sender.ts'
import { ReportWriter } from './report-writer.ts'
import { ToldOperations } from './told-operations.ts'
import type { UsageSink } from './usage-sink.ts'
import { UsageWindow } from './usage-window.ts'
import { writeLive, writeWindow } from './write-window.ts'

/** Where usage is told, and how often. */
export interface UsageOptions {
  readonly sink: UsageSink
  /** Time from one report to the next, give or take a tenth, in milliseconds; default 10,000. */
  readonly intervalMs?: number | undefined
}

const defaultIntervalMs = 10_000

/** How often it is told that subscriptions are still under way, in milliseconds. */
const liveEveryMs = 3_600_000

/** How long the end of a gateway waits for its last reports, in milliseconds. */
const closeMs = 2_000

/** What the collector works with. */
export interface Surroundings {
  readonly clients: ClientNames
  /** The schema that serves now. */
  readonly currentSchema: () => GraphQLSchema
  readonly log: Logger
  readonly now: () => number
}

/**
 * Counts what is asked of this process, by operation and client, and reports it. On the way of a request it does no more
 * than add to numbers; everything else happens when a report is written, a few milliseconds at a time. Whatever becomes of
 * a report, no request hears of it.
 *
 * Whoever asks is counted once an operation: a query or mutation at its end, a subscription when it is under way or
 * refused. What was refused before its operation was known is counted nowhere.
 */
export class Usage {
  /** Requests that no report has room for. */
  uncounted = 0
  private readonly around: Surroundings
  private readonly intervalMs: number
  private readonly sender: ReportSender
  private readonly told = new ToldOperations()
  /** Operations that the registry asks for. */
  private readonly asked = new Map<string, ReportedOperation>()
  private readonly watched = new Set<() => Iterable<KnownOperation>>()
  private readonly gateway = randomUUID()
  private window: UsageWindow
  private sequence = 0
  /** Requests of reports that reach nobody, for the next one to tell of. */
  private lost = 0
  private liveAtMs: number
  private beganAt = performance.now()
  private timer: NodeJS.Timeout | undefined
  private isHurried = false
  private writing: Promise<void> = Promise.resolve()

  constructor({ sink, intervalMs = defaultIntervalMs }: UsageOptions, around: Surroundings) {
    this.around = around
    this.intervalMs = intervalMs
    const nowMs = around.now()
    this.window = new UsageWindow(nowMs)
    this.liveAtMs = nowMs
    this.sender = new ReportSender({
      sink,
      log: around.log,
      pauses: { firstMs: intervalMs / 10, mostMs: 6 * intervalMs },
      onAnswer: (answer) => this.answered(answer),
      onLost: (report) => this.lose(report),
    })
    this.wait()
  }

  /** What became of reports. */
  get reports() {
    return { ...this.sender.counts, waiting: this.sender.size }
  }

  /** Operations that were told, and are remembered. */
  get operations(): number {
    return this.told.size
  }

  /** Counts a run whose operation was found, if it was. Hot path: once an operation. */
  count(run: OperationRun, hasErrors: boolean): void {
    const { operation } = run
    if (!operation) return
    const { window } = this
    const client = this.around.clients.ofRun(run)
    const entry = window.entries.get(operation) ?? window.enter(run, operation, client)
    if (!entry) {
      window.uncounted += 1
      this.hurry()
      return
    }
    const at = window.slotOf(entry, client)
    window.count(at, performance.now() - (run.startedAt ?? 0), hasErrors)
    if (run.variables && entry.samples?.isTurn()) {
      entry.samples.look(run.parameters.variables ?? {}, entry.inputs)
    }
    if (window.isNearlyFull) this.hurry()
  }

  /** Watches operations of subscriptions that are under way, of the schema that serves. @returns what ends it */
  watch(read: () => Iterable<KnownOperation>): () => void {
    this.watched.add(read)
    return () => this.watched.delete(read)
  }

  /** Sends what is left, within two seconds. */
  async close(): Promise<void> {
    clearTimeout(this.timer)
    this.isHurried = true
    await this.flush()
    clearTimeout(this.timer)
    this.isHurried = true
    await this.sender.close(closeMs)
  }

  private wait(): void {
    clearTimeout(this.timer)
    // Spread, so that many gateways do not report at once.
    this.timer = setTimeout(() => void this.flush(), this.intervalMs * (0.9 + Math.random() * 0.2))
    this.timer.unref()
  }

  /** Reports before the time; not more often than ten times as often as it would. */
  private hurry(): void {
    if (this.isHurried) return
    this.isHurried = true
    clearTimeout(this.timer)
    const earliest = this.beganAt + this.intervalMs / 10
    this.timer = setTimeout(() => void this.flush(), Math.max(0, earliest - performance.now()))
    this.timer.unref()
  }

  /** Never rejects. One after another. */
  private flush(): Promise<void> {
    this.writing = this.writing.then(async () => {
      try {
        await this.report()
      } catch (error) {
        this.around.log.error({ err: error }, 'a report of usage could not be written')
      }
    })
    return this.writing
  }

  private async report(): Promise<void> {
    const { told, around } = this
    const nowMs = around.now()
    const { window } = this
    this.window = new UsageWindow(nowMs)
    this.beganAt = performance.now()
    this.isHurried = false
    this.wait()
    const writer = new ReportWriter()
    const writing = { writer, told, current: around.currentSchema(), nowMs, log: around.log }
    const unreportable = await writeWindow(window, writing)
    if (nowMs - this.liveAtMs >= liveEveryMs) {
      this.liveAtMs = nowMs
      // Looked up together: the supergraph may be swapped while they are written.
      await writeLive(this.live(), { ...writing, current: around.currentSchema() })
    }
    for (const [id, operation] of this.asked) if (!told.find(id)) writer.addOperation(operation)
    this.asked.clear()
    this.uncounted += window.uncounted + unreportable
    const uncounted = window.uncounted + unreportable + this.lost
    this.lost = 0
    const nextSequence = () => {
      this.sequence += 1
      return this.sequence
    }
    const { gateway } = this
    const reports = writer.finish({ gateway, fromMs: window.fromMs, toMs: nowMs, uncounted, nextSequence })
    for (const report of reports) this.sender.add(report)
  }

  private live(): KnownOperation[] {
    return [...this.watched].flatMap((read) => [...read()])
  }

  private answered({ unknown }: UsageAnswer): void {
    for (const id of unknown.slice(0, reportBounds.operations)) {
      const operation = this.told.find(id)
      if (operation) this.asked.set(id, operation)
      this.told.forget(id)
    }
  }

  private lose({ operations, counts, inputs, uncounted }: UsageReport): void {
    const requests = counts.reduce((sum, one) => sum + one.requests, 0)
    this.uncounted += requests
    this.lost += requests + uncounted
    for (const { id } of operations) this.told.forget(id)
    for (const { operation } of inputs) this.told.forget(operation)
  }
}
