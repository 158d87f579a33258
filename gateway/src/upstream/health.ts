import { signViewer, viewerHeader } from '@headcount/access'
import { Agent, request } from 'undici'
import { isAnswer } from './answer.ts'
import type { Settings } from './settings.ts'

/** What a replica is asked with, and who is told. */
export interface HealthOptions {
  readonly url: string
  readonly health: NonNullable<Settings['health']>
  readonly tls: Settings['tls']
  /** Time for one check: as long as a fetch would wait. */
  readonly timeoutMs: number
  readonly viewerSecret: string | undefined
  /** What fetches without a client would send: a replica that wants a key wants it of checks too. */
  readonly headers: Readonly<Record<string, string>>
  /** Told when it changes. */
  readonly onChange: (isHealthy: boolean) => void
}

/** Asks a replica in intervals whether it serves. */
export class Health {
  private readonly options: HealthOptions
  private readonly agent: Agent
  private readonly timer: NodeJS.Timeout
  private isGood = true
  private isAsking = false

  constructor(options: HealthOptions) {
    this.options = options
    this.agent = new Agent({ connections: 1, connect: { ...options.tls } })
    this.timer = setInterval(() => void this.check(), options.health.intervalMs)
    this.timer.unref()
    void this.check()
  }

  /** True until a check says otherwise. */
  get isHealthy(): boolean {
    return this.isGood
  }

  async close(): Promise<void> {
    clearInterval(this.timer)
    await this.agent.destroy()
  }

  private async check(): Promise<void> {
    // One that hangs is not asked again until its time is over.
    if (this.isAsking) return
    this.isAsking = true
    const isGood = await this.ask().catch(() => false)
    this.isAsking = false
    if (isGood === this.isGood || this.agent.destroyed) return
    this.isGood = isGood
    this.options.onChange(isGood)
  }

  private async ask(): Promise<boolean> {
    const { url, health, timeoutMs, viewerSecret, headers } = this.options
    const { path } = health
    const common = { dispatcher: this.agent, signal: AbortSignal.timeout(timeoutMs), headers }
    if (path !== undefined) {
      const { statusCode, body } = await request(new URL(path, url), common)
      await body.dump()
      return statusCode >= 200 && statusCode < 300
    }
    const { statusCode, body } = await request(url, {
      ...common,
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(viewerSecret && { [viewerHeader]: signViewer(undefined, viewerSecret) }),
      },
      body: '{"query":"{__typename}"}',
    })
    return isAnswer({ status: statusCode, body: await body.text() }) && statusCode < 500
  }
}
