import { documentIdOf } from '@headcount/access'
import type { SubgraphOperation } from './dispatch.ts'

/** Bodies of an operation up to their variables: the same each time. */
class Heads {
  private readonly operation: SubgraphOperation
  private id: string | undefined
  readonly byText: string

  constructor(operation: SubgraphOperation) {
    this.operation = operation
    this.byText = `{"query":${JSON.stringify(operation.document)}${this.rest}`
  }

  private get rest(): string {
    const { name } = this.operation
    return name === undefined ? ',"variables":' : `,"operationName":${JSON.stringify(name)},"variables":`
  }

  private get documentId(): string {
    this.id ??= documentIdOf(this.operation.document)
    return this.id
  }

  get byId(): string {
    return `{"documentId":"${this.documentId}"${this.rest}`
  }

  get byTextAndId(): string {
    return `{"query":${JSON.stringify(this.operation.document)},"documentId":"${this.documentId}"${this.rest}`
  }
}

const known = new WeakMap<SubgraphOperation, Heads>()

function headsOf(operation: SubgraphOperation): Heads {
  let heads = known.get(operation)
  if (!heads) {
    heads = new Heads(operation)
    known.set(operation, heads)
  }
  return heads
}

/** The body of a fetch: an operation with its document, and variables as JSON. */
export function bodyOf(operation: SubgraphOperation, variables: string): string {
  return `${headsOf(operation).byText}${variables}}`
}

/** The same without the document's text, which the subgraph knows by its hash. */
export function leanBodyOf(operation: SubgraphOperation, variables: string): string {
  return `${headsOf(operation).byId}${variables}}`
}

/** The same with both, so that the subgraph gets to know it. */
export function teachingBodyOf(operation: SubgraphOperation, variables: string): string {
  return `${headsOf(operation).byTextAndId}${variables}}`
}
