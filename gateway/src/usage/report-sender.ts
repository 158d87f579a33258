import type { UsageAnswer, UsageReport } from '@headcount/registry-api'
import type { Logger } from 'pino'
import type { WrittenReport } from './report-writer.ts'
import { UsageRefused, type UsageSink } from './usage-sink.ts'

/** Reports that wait while the registry is away; of more the oldest is dropped. At one in 10 s they are five minutes. */
const waitingReports = 30
const waitingBytes = 8 * 1_048_576

/** How long an attempt may take, in milliseconds. */
const attemptMs = 10_000

/** What became of reports. */
export interface ReportCounts {
  sent: number
  /** Attempts that came to nothing, and are repeated. */
  failed: number
  /** For which there was no room any more while they waited. */
  dropped: number
  /** That the registry never takes. */
  refused: number
}

/** What a sender needs. */
export interface SenderOptions {
  readonly sink: UsageSink
  readonly log: Logger
  /** Times between attempts: the first pause, and the longest, in milliseconds. They double, and are spread by chance. */
  readonly pauses: { readonly firstMs: number; readonly mostMs: number }
  readonly onAnswer: (answer: UsageAnswer) => void
  /** A report will reach nobody. */
  readonly onLost: (report: UsageReport) => void
}

/**
 * Hands reports over one after another, each until it was taken, in the order in which they were written: an operation is
 * told before it is counted. Nobody waits for it.
 */
export class ReportSender {
  readonly counts: ReportCounts = { sent: 0, failed: 0, dropped: 0, refused: 0 }
  private readonly options: SenderOptions
  private readonly waiting: WrittenReport[] = []
  private bytes = 0
  /** The pass through those that wait that is under way. */
  private pass: Promise<void> | undefined
  private attempt: AbortController | undefined
  private timer: NodeJS.Timeout | undefined
  private failuresInARow = 0
  /** Why the last attempt failed: told once, not each time. */
  private trouble: string | undefined
  /** Set when it is closed; aborted when its time is up. */
  private end: AbortSignal | undefined

  constructor(options: SenderOptions) {
    this.options = options
  }

  /** Reports that wait. */
  get size(): number {
    return this.waiting.length
  }

  add(written: WrittenReport): void {
    this.waiting.push(written)
    this.bytes += written.bytes
    // The one that is on its way stays: it may have arrived.
    const oldest = this.attempt ? 1 : 0
    while (this.waiting.length > oldest + 1 && this.isOverfull) {
      const [dropped] = this.waiting.splice(oldest, 1)
      if (dropped) this.lose(dropped, 'dropped')
    }
    if (!this.timer) void this.begin()
  }

  /** Makes one more attempt for each that waits, within a time, and gives up those that are left. */
  async close(limitMs: number): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const end = AbortSignal.timeout(limitMs)
    this.end = end
    const giveUp = () => this.attempt?.abort(end.reason)
    end.addEventListener('abort', giveUp)
    await this.pass
    await this.begin()
    end.removeEventListener('abort', giveUp)
    const { size } = this
    if (size > 0) this.options.log.warn({ reports: size }, 'reports of usage were not sent before the end')
  }

  private get isOverfull(): boolean {
    return this.waiting.length > waitingReports || this.bytes > waitingBytes
  }

  private begin(): Promise<void> {
    this.pass ??= this.sendAll().finally(() => {
      this.pass = undefined
    })
    return this.pass
  }

  /** Never rejects. */
  private async sendAll(): Promise<void> {
    for (let [first] = this.waiting; first && !this.end?.aborted; [first] = this.waiting) {
      const isDone = await this.send(first)
      if (!isDone) return this.waitForNext()
    }
  }

  private waitForNext(): void {
    this.failuresInARow += 1
    if (this.end) return
    const { firstMs, mostMs } = this.options.pauses
    const pauseMs = Math.min(firstMs * 2 ** (this.failuresInARow - 1), mostMs) * (0.5 + Math.random() / 2)
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.begin()
    }, pauseMs)
    this.timer.unref()
  }

  /** False = it may be taken later. */
  private async send(written: WrittenReport): Promise<boolean> {
    const { sink, onAnswer } = this.options
    try {
      const answer = await this.within((signal) => sink.send(written.report, signal))
      this.counts.sent += 1
      this.remove(written)
      this.succeeded()
      onAnswer(answer)
      return true
    } catch (error) {
      this.tell(error)
      if (error instanceof UsageRefused) {
        this.remove(written)
        this.lose(written, 'refused')
        return true
      }
      this.counts.failed += 1
      return false
    }
  }

  /** A sink that does not look at its signal is not waited for either. */
  private async within<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const attempt = new AbortController()
    this.attempt = attempt
    const timer = setTimeout(() => attempt.abort(new DOMException('', 'TimeoutError')), attemptMs)
    try {
      const given = new Promise<never>((_resolve, reject) => {
        attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason), { once: true })
      })
      return await Promise.race([work(attempt.signal), given])
    } finally {
      clearTimeout(timer)
      this.attempt = undefined
    }
  }

  private remove(written: WrittenReport): void {
    this.waiting.splice(this.waiting.indexOf(written), 1)
    this.bytes -= written.bytes
  }

  private lose({ report, bytes }: WrittenReport, how: 'dropped' | 'refused'): void {
    this.counts[how] += 1
    if (how === 'dropped') this.bytes -= bytes
    this.options.onLost(report)
  }

  private succeeded(): void {
    this.failuresInARow = 0
    if (this.trouble !== undefined) this.options.log.info('reports of usage are taken again')
    this.trouble = undefined
  }

  private tell(error: unknown): void {
    const reason = String(error)
    if (reason !== this.trouble) this.options.log.warn({ err: error }, 'a report of usage was not taken')
    this.trouble = reason
  }
}
