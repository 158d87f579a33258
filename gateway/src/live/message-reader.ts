import { fail } from '@headcount/errors'
import type { LiveMessage } from '@headcount/live'
import { getNamedType, isObjectType, Kind, parse } from 'graphql'
import type { Parts } from '../exchange.ts'
import { type Executed, Execution } from '../execution/execution.ts'
import { maskError } from '../execution/mask.ts'
import type { Program } from '../execution/program.ts'
import { newRequestId, traceparentOf } from '../steps/identify.ts'
import { type EventProgram, eventProgram, withLastGood } from './event-program.ts'
import { messageShape, missing, type Shape } from './message-shape.ts'
import type { Answer, Reader, Values } from './reader.ts'
import { fragmentsOf } from './selected-fields.ts'

/** Answers from messages; undefined where one lacks something. At once where no other subgraph is asked. */
export type ReadMessage = (message: LiveMessage) => Answer | undefined | Promise<Answer | undefined>

/** The fetch that would be sent to the subgraph of the topic, made from a message in place of it. */
function shapeOf(event: EventProgram, { operation, generation, variables }: Reader) {
  const { carries, field } = operation.topic
  if (!carries) return undefined
  const document = parse(event.operation.document, { noLocation: true })
  const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  const [root, second] = definition?.selectionSet.selections ?? []
  if (root?.kind !== Kind.FIELD || second) return undefined
  const key = root.alias?.value ?? root.name.value
  const { schema } = generation
  const { selectionSet: set } = root
  // A scalar is what the message holds as it is.
  if (!set) return { key, shape: ((held) => (held === undefined ? missing : held)) satisfies Shape }
  const around = { schema, variables, fragments: fragmentsOf(document) }
  const shape = messageShape({ type: getNamedType(field.type), set }, carries, around)
  return shape && { key, shape }
}

/** What a message holds, with what its envelope says of the state. */
function heldBy({ topic }: Reader['operation'], message: LiveMessage): unknown {
  const { seq, asOf, data } = message
  if (typeof data !== 'object' || data === null) return data
  const type = getNamedType(topic.field.type)
  const fields = isObjectType(type) ? type.getFields() : {}
  return {
    ...(fields.reset ? { reset: false } : {}),
    ...data,
    ...(fields.seq ? { seq } : {}),
    ...(fields.asOf ? { asOf } : {}),
  }
}

function run(program: Program, reader: Reader, parts: Parts): Answer | Promise<Answer> {
  const { rights, clientHeaders: headers, extension, variables } = reader
  const { log, limits, passesSubgraphErrors } = parts
  const requestId = newRequestId()
  const context = {
    requestId,
    traceparent: traceparentOf(undefined),
    viewer: rights.viewer,
    headers,
    extension,
  }
  const answerOf = ({ data, errors }: Executed): Answer => ({
    data: data ?? {},
    errors: errors.map((error) => maskError(error, { requestId, log, passesSubgraphErrors })),
  })
  let atOnce: Answer | undefined
  let tell = (executed: Executed) => {
    atOnce = answerOf(executed)
  }
  const execution = new Execution(program, { variables, context, data: {} }, (executed) => tell(executed))
  execution.start()
  if (atOnce) return atOnce
  return new Promise((resolve, reject) => {
    const end = (reason: Error) => {
      clearTimeout(timer)
      reader.over.remove(end)
      execution.cancel(reason)
      reject(reason)
    }
    const timer = setTimeout(
      () => end(fail('DEADLINE_EXCEEDED', `It took longer than ${limits.requestMs} ms.`)),
      limits.requestMs,
    )
    reader.over.add(end)
    tell = (executed) => {
      clearTimeout(timer)
      reader.over.remove(end)
      resolve(answerOf(executed))
    }
  })
}

/**
 * Compiles the way from a message to a result: the message stands for the answer of the subgraph whose field it is, and
 * the rest of the plan is run as for a query. Undefined where messages do not hold what that subgraph would be asked for.
 */
export async function messageReader(reader: Reader, parts: Parts): Promise<ReadMessage | undefined> {
  const { generation, operation, rights, variables } = reader
  const { viewer, held } = rights
  const { source } = operation
  const lacks = source.access.lacks(viewer, held)
  const program = await generation.programs.find({ operation: source, lacks, viewer, held, variables })
  const event = eventProgram(withLastGood(program))
  const shaped = event && shapeOf(event, reader)
  if (!event || !shaped) return undefined
  return (message) => {
    const held = shaped.shape(heldBy(operation, message))
    if (held === missing) return undefined
    const data: Values = { [shaped.key]: held }
    return run(event.over({ data: { ...data }, errors: undefined, text: undefined }), reader, parts)
  }
}
