import { readSignedViewer, viewerHeader } from '@headcount/access'
import { fail } from '@headcount/errors'
import { type DocumentNode, type GraphQLSchema, Kind } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from 'pino'
import { maskError } from './mask-error.ts'
import type { SubgraphRequest } from './service.ts'

/** What {@link createHttpDoor} needs. */
export interface HttpDoorOptions<Context extends object> {
  /** The subgraph's schema. */
  readonly schema: GraphQLSchema
  /** Makes the context of a request. */
  readonly context: (request: SubgraphRequest) => Context
  /** The service's log. */
  readonly log: Logger
  /** Checks who signed the viewer. */
  readonly viewerSecret: string
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
function onlySigned(viewerSecret: string): Plugin {
  return {
    onExecute({ args }) {
      const request: Request = args.contextValue.request
      if (readSignedViewer(request.headers.get(viewerHeader), viewerSecret)) return
      if (asksOnlyForSdl(args.document)) return
      throw fail(
        'UNAUTHENTICATED',
        'This address answers the gateway only: its requests carry a signed viewer.',
      )
    },
  }
}

/** The service's `/graphql` over HTTP. The order of the plug-ins is the order in which they see a request. */
export function createHttpDoor<Context extends object>(
  options: HttpDoorOptions<Context>,
  // biome-ignore lint/complexity/noBannedTypes: Yoga's own default for "no server context"
): YogaServerInstance<{}, Context> {
  const { schema, context, log, viewerSecret } = options
  return createYoga({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    batching: { limit: 10 },
    logging: false,
    cors: false,
    maskedErrors: { maskError: (error) => maskError(error, log) },
    // 1. Who is it? Nothing else may run for a stranger.
    plugins: [onlySigned(viewerSecret)],
    context: ({ request, params }) => {
      const signed = readSignedViewer(request.headers.get(viewerHeader), viewerSecret)
      return context({
        query: params.query ?? '',
        viewer: signed === 'nobody' ? undefined : signed,
        requestId: request.headers.get('x-request-id') ?? '',
      })
    },
  })
}
