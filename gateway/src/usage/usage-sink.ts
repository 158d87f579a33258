import type { UsageAnswer, UsageReport } from '@headcount/registry-api'

/** Where reports of usage go: a registry across the network, or one in this process. */
export interface UsageSink {
  /**
   * Hands a report over. One that comes again, by `gateway` and `sequence`, must count once: whoever does not hear the
   * answer sends it again. Rejects with {@link UsageRefused} where it never will be taken, with anything else where it
   * may be later. The signal is aborted when nobody waits for the answer any more.
   */
  send(report: UsageReport, signal: AbortSignal): Promise<UsageAnswer>
}

/** A report that its sink never takes: it is not sent again. */
export class UsageRefused extends Error {}
