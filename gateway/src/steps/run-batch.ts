import { fail } from '@headcount/errors'
import type { Exchange, OperationRun, Parameters, Parts, Step } from '../exchange.ts'
import type { Limits } from '../limits.ts'
import { sizeProblem } from '../operations/check-limits.ts'
import type { DocumentSize } from '../operations/measure-document.ts'
import { errorsOf } from '../run-operation.ts'
import { runSteps } from '../run-stages.ts'
import { findOperation } from './find-operation.ts'
import { checkCost } from './limit-cost.ts'
import { maskOutcome } from './mask.ts'
import { resultOf } from './measure.ts'
import { textOfOutcome } from './respond.ts'

/** An operation of a batch: a run of its own within the one request. */
function memberOf(exchange: Exchange, parameters: Parameters): OperationRun {
  const { requestId, traceparent, startedAt, cancellation, clientHeaders, extension, viewer } = exchange
  return { requestId, traceparent, startedAt, cancellation, clientHeaders, extension, viewer, parameters }
}

/** Runs a part of a member's life; what it throws is its own outcome and no other's. */
async function attempt(run: OperationRun, work: () => Promise<void> | void): Promise<void> {
  if (run.outcome) return
  try {
    await work()
  } catch (error) {
    run.outcome = { errors: errorsOf(error) }
  }
}

async function prepare(run: OperationRun, parts: Parts): Promise<void> {
  await findOperation(run, parts)
  if (run.operation?.kind === 'subscription') {
    throw fail(
      'NOT_ACCEPTABLE',
      'A subscription has no place in a batch: it goes by an event stream or a WebSocket.',
    )
  }
  await runSteps(parts.steps.check, run, parts)
}

/** Limits are for a request, however many operations it has. */
function checkTogether(runs: readonly OperationRun[], limits: Limits): void {
  const total: DocumentSize = { depth: 0, fields: 0, rootFields: 0, aliases: 0, directives: 0 }
  const sums: Record<keyof DocumentSize, number> = { ...total }
  let cost = 0
  for (const { operation, outcome, cost: own = 0 } of runs) {
    if (!operation || outcome) continue
    const { size } = operation
    for (const name of ['fields', 'rootFields', 'aliases', 'directives'] as const)
      sums[name] += size?.[name] ?? 0
    cost += own
  }
  const problem = sizeProblem(sums, limits, 'The batch has')
  if (problem) throw problem
  if (limits.cost) checkCost(cost, limits.cost, 'The batch costs')
}

async function runTogether(exchange: Exchange, parts: Parts, batch: readonly Parameters[]): Promise<void> {
  const runs = batch.map((parameters) => memberOf(exchange, parameters))
  exchange.members = runs
  await Promise.all(runs.map((run) => attempt(run, () => prepare(run, parts))))
  checkTogether(runs, parts.limits)
  await Promise.all(runs.map((run) => attempt(run, () => runSteps(parts.steps.work, run, parts))))
  for (const run of runs) {
    maskOutcome(run, parts)
    parts.metrics.requests.add(resultOf(run.outcome))
  }
  exchange.outcome = {
    data: {},
    errors: runs.flatMap(({ outcome }) => outcome?.errors ?? []),
    text: `[${runs.map(({ outcome }) => textOfOutcome(outcome)).join(',')}]`,
    isMasked: true,
  }
}

async function runCounted(exchange: Exchange, parts: Parts, batch: readonly Parameters[]): Promise<void> {
  const { traffic, limits, metrics } = parts
  const others = batch.length - 1
  if (traffic.inProgress + others > limits.requestsInProgress) {
    exchange.headers['retry-after'] = '1'
    throw fail('OVERLOADED', 'Too many requests are under way; try again.', { retryAfterMs: 1_000 })
  }
  metrics.batchOperations.observe(batch.length)
  traffic.inProgress += others
  try {
    await runTogether(exchange, parts, batch)
  } finally {
    traffic.inProgress -= others
  }
}

/** Runs the operations of a list side by side, each as if it had come alone, and answers with one list. */
export const runBatch: Step = (exchange, parts) => {
  if (exchange.batch) return runCounted(exchange, parts, exchange.batch)
}
