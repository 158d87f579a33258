import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Documents, Reading } from './documents.ts'
import { maskError } from './mask-error.ts'
import type { SubgraphAnswer, SubgraphRequest } from './service.ts'

/** What of a request is left once its document is read. */
export type Call = Omit<SubgraphRequest, 'query'>

/** Runs requests, whichever way they came. Neither function rejects. */
export interface Executor {
  /** Answers a request with its document's text. */
  execute(request: SubgraphRequest): Promise<SubgraphAnswer>
  /** Answers a request whose document was read. */
  run(reading: Reading, call: Call): Promise<SubgraphAnswer>
}

/** What {@link createExecutor} needs. */
export interface ExecutorOptions<Context> {
  /** The subgraph's schema. */
  readonly schema: GraphQLSchema
  /** Its documents. */
  readonly documents: Documents
  /** Makes the context of a request. */
  readonly context: (call: Call) => Context
  /** The service's log. */
  readonly log: Logger
  /** Hears of each answer: how many seconds it took, and whether it carries errors. */
  readonly onAnswer: (seconds: number, hasErrors: boolean) => void
}

/**
 * Answers requests without HTTP and without JSON. Hot path: beside graphql-js itself a request costs one look-up of its
 * document, its context, and one observation.
 */
export function createExecutor<Context>(options: ExecutorOptions<Context>): Executor {
  const { schema, documents, context, log, onAnswer } = options

  async function measured(reading: Reading, call: Call, startedAt: number): Promise<SubgraphAnswer> {
    let answer: SubgraphAnswer
    try {
      if ('kind' in reading) {
        const result = execute({
          schema,
          document: reading,
          contextValue: context(call),
          variableValues: call.variables,
          operationName: call.operationName,
        })
        // What needed no promise is not made to wait for one.
        answer = answerOf('then' in result ? await result : result, log)
      } else answer = refusal(reading, log)
    } catch (error) {
      answer = refusal([error], log)
    }
    onAnswer((performance.now() - startedAt) / 1000, answer.errors !== undefined)
    return answer
  }

  return {
    run: (reading, call) => measured(reading, call, performance.now()),
    execute(request) {
      const startedAt = performance.now()
      return measured(documents.ofText(request.query), request, startedAt)
    },
  }
}

function answerOf({ data, errors }: ExecutionResult, log: Logger): SubgraphAnswer {
  if (!errors) return { data: data ?? null }
  return { ...(data !== undefined && { data }), ...refusal(errors, log) }
}

/** An answer of errors alone, as they go over the wire. */
function refusal(errors: readonly unknown[], log: Logger): SubgraphAnswer {
  return { errors: errors.map((error) => onTheWire(error, log)) }
}

function onTheWire(error: unknown, log: Logger): NonNullable<SubgraphAnswer['errors']>[number] {
  const { message, path, extensions } = maskError(error, log)
  return { message, ...(path && { path }), extensions }
}
