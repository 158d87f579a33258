import { viewerHeader } from '@headcount/access'
import { fail } from '@headcount/errors'
import { type DocumentNode, type GraphQLSchema, Kind } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Call, ExecutorOptions } from './execute.ts'
import { maskError } from './mask-error.ts'
import type { ReadViewer } from './viewers.ts'

/** What {@link createHttpDoor} needs. */
export interface HttpDoorOptions<Context extends object> {
  /** The subgraph's schema. */
  readonly schema: GraphQLSchema
  /** Makes the context of a request. */
  readonly context: (call: Call) => Context
  /** The service's log. */
  readonly log: Logger
  /** Reads the header of the viewer. */
  readonly readViewer: ReadViewer
  /** Hears of each answer. */
  readonly onAnswer: ExecutorOptions<Context>['onAnswer']
}

/** Whether a document asks for nothing but `_service { … }` and `__typename`, which anybody may know. */
function asksOnlyForSdl(document: DocumentNode): boolean {
  return document.definitions.every(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.selectionSet.selections.every(
        (selection) =>
          selection.kind === Kind.FIELD &&
          (selection.name.value === '_service' || selection.name.value === '__typename'),
      ),
  )
}

/** Refuses whoever is not the gateway or a service, before anything runs. */
function onlySigned(readViewer: ReadViewer): Plugin {
  return {
    onExecute({ args }) {
      const request: Request = args.contextValue.request
      if (readViewer(request.headers.get(viewerHeader))) return
      if (asksOnlyForSdl(args.document)) return
      throw fail(
        'UNAUTHENTICATED',
        'This address answers the gateway only: its requests carry a signed viewer.',
      )
    },
  }
}

/** Counts what ran. */
function measured(onAnswer: HttpDoorOptions<object>['onAnswer']): Plugin {
  return {
    onExecute() {
      const startedAt = performance.now()
      return {
        onExecuteDone({ result }) {
          onAnswer((performance.now() - startedAt) / 1000, 'errors' in result && result.errors !== undefined)
        },
      }
    },
  }
}

/** The service's `/graphql` over HTTP, for whoever is not taken by the lean door. The order of the plug-ins is the order in which they see a request. */
export function createHttpDoor<Context extends object>(
  options: HttpDoorOptions<Context>,
  // biome-ignore lint/complexity/noBannedTypes: Yoga's own default for "no server context"
): YogaServerInstance<{}, Context> {
  const { schema, context, log, readViewer, onAnswer } = options
  return createYoga({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    batching: { limit: 10 },
    logging: false,
    cors: false,
    maskedErrors: { maskError: (error) => maskError(error, log) },
    // 1. Who is it? Nothing else may run for a stranger. 2. How long does it take?
    plugins: [onlySigned(readViewer), measured(onAnswer)],
    context: ({ request }) => {
      const signed = readViewer(request.headers.get(viewerHeader))
      return context({
        viewer: signed === 'nobody' ? undefined : signed,
        requestId: request.headers.get('x-request-id') ?? '',
      })
    },
  })
}
