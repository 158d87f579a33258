import type { Database } from '@headcount/database'
import type { Logger } from 'pino'
import type { Judge } from './judge/judge.ts'
import type { Live } from './live/live.ts'

/** What the endpoints are made with. */
export interface Parts {
  readonly database: Database
  readonly log: Logger
  readonly now: () => Date
  readonly judge: Judge
  /** What gateways have, and who waits for something newer. */
  readonly live: Live
  /** How long usage is kept, in days; default 90. */
  readonly usageRetentionDays?: number | undefined
}
