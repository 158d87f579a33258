// The one place that knows how the gateway's engine is called: the steps that plan and run every operation, whichever way
// it came, without a door before them and without the masking of errors after them.
import { pino } from 'pino'
import { Cancellation } from '../../src/cancellation.ts'
import type { OperationRun, Parts } from '../../src/exchange.ts'
import { defaultLimits } from '../../src/limits.ts'
import type { LocalPlacement } from '../../src/options.ts'
import { authorise } from '../../src/steps/authorise.ts'
import { coerceVariables } from '../../src/steps/coerce-variables.ts'
import { execute } from '../../src/steps/execute.ts'
import { plan } from '../../src/steps/plan.ts'
import { loadGeneration } from '../../src/supergraph/generation.ts'
import { createSubgraphs } from '../../src/upstream/subgraphs.ts'

export type Execute = LocalPlacement['execute']

/** An operation as a client sends it. */
export interface ClientRequest {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName: string | undefined
}

/** An error as it stands before it is masked. */
interface ClientError {
  readonly message: string
  readonly path?: readonly (string | number)[] | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** An answer before it is masked. */
export interface ClientAnswer {
  readonly data?: unknown
  readonly errors?: readonly ClientError[] | undefined
}

export interface Engine {
  run(request: ClientRequest): Promise<ClientAnswer>
  close(): Promise<void>
}

const limits = {
  ...defaultLimits,
  tokens: 100_000,
  depth: 200,
  aliases: 10_000,
  rootFields: 1_000,
  directives: 10_000,
  fields: 1_000_000,
}

/** The planner that the gateway has unless an option says otherwise. */
const defaultPlanner = 'hive'

const steps = [coerceVariables, authorise, plan, execute]

/** Opens the gateway's engine over a supergraph whose subgraphs run in this process. */
export async function openEngine(
  sdl: string,
  executes: Readonly<Record<string, Execute>>,
  planner: 'hive' | 'apollo' = defaultPlanner,
): Promise<Engine> {
  const subgraphs = createSubgraphs({
    placements: Object.fromEntries(Object.entries(executes).map(([name, execute]) => [name, { execute }])),
    viewerSecret: undefined,
    limits,
    observe: () => {},
  })
  const log = pino({ level: 'silent' })
  const options = { subgraphs, limits, introspection: true, planner, overrides: {}, log } as const
  const generation = await loadGeneration(sdl, options)
  // These steps read no more of the parts than this.
  const parts = { limits, introspection: true, extension: undefined, log } as unknown as Parts
  return {
    async run(parameters) {
      const run: OperationRun = {
        requestId: 'request',
        traceparent: '',
        cancellation: new Cancellation(),
        clientHeaders: {},
        extension: undefined,
        viewer: undefined,
        parameters,
        generation,
        operation: generation.operations.find(parameters.query, parameters.operationName),
      }
      for (const step of steps) await step(run, parts)
      return run.outcome ?? {}
    },
    async close() {
      await generation.close()
      await subgraphs.close()
    },
  }
}
