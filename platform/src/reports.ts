import type { Gateway } from '@headcount/gateway'
import type { Whole } from '@headcount/gateway/workers'
import type { Deployment } from './deployment.ts'
import { mergeMetrics } from './merge-metrics.ts'

/** What there is to tell of a platform, and who tells which part of it. */
export interface Reports {
  /** Of what runs in this process. */
  readonly own: Whole
  /** Of everything: all workers, and the services that they share. */
  readonly all: Whole
}

/** What {@link reportsOf} needs. */
export interface ReportsOptions {
  readonly gateway: Pick<Gateway, 'metrics' | 'problems'>
  readonly deployment: Pick<Deployment, 'isShared' | 'metrics' | 'notReady'>
  /** Answers for all workers, where there are several. */
  readonly whole: Whole | undefined
}

/** Puts together who answers /metrics and /health/ready. Services that workers share are asked once, not by each worker. */
export function reportsOf({ gateway, deployment, whole }: ReportsOptions): Reports {
  const gatewayAlone: Whole = {
    metrics: () => gateway.metrics(),
    problems: async () => gateway.problems(),
  }
  const withServices = (base: Whole): Whole => ({
    metrics: async () => {
      const [text, texts] = await Promise.all([base.metrics(), deployment.metrics()])
      return mergeMetrics([text, ...texts])
    },
    problems: async () => (await Promise.all([base.problems(), deployment.notReady()])).flat(),
  })
  if (deployment.isShared) return { own: gatewayAlone, all: withServices(whole ?? gatewayAlone) }
  const own = withServices(gatewayAlone)
  return { own, all: whole ?? own }
}
