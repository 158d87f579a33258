import { compileVariableCoordinates, type VariableCoordinates } from '@headcount/coordinates'
import type { GraphQLSchema } from 'graphql'
import type { KnownOperation } from '../operations/known-operation.ts'

/** Of an operation's requests the first so many are looked at: they bring most that will ever come. */
const firstRequests = 100

/**
 * Then one in so many, by chance, so that no client's own rhythm hides from it. What fewer than that many of an operation's
 * requests have is found late, and what came but once after the first hundred most likely never.
 */
const oneIn = 16

/**
 * Looks at the variables of some of an operation's requests. What it finds are names of the schema; no value is kept. An
 * operation without inputs and enums among its variables has none to look at.
 */
export class InputSamples {
  private readonly walk: VariableCoordinates
  private firsts = firstRequests
  private untilNext = 1

  constructor(walk: VariableCoordinates) {
    this.walk = walk
  }

  /** Whether the variables of this request are looked at. Hot path. */
  isTurn(): boolean {
    if (this.firsts > 0) {
      this.firsts -= 1
      return true
    }
    this.untilNext -= 1
    if (this.untilNext > 0) return false
    this.untilNext = 1 + Math.floor(Math.random() * (2 * oneIn - 1))
    return true
  }

  /** Adds what the variables of a request use; they were found valid. */
  look(variables: Readonly<Record<string, unknown>>, found: Set<string>): void {
    this.walk(variables, found)
  }
}

/** Undefined in it = there is nothing to look at. */
const made = new WeakMap<KnownOperation, { readonly samples: InputSamples | undefined }>()

/** The samples of an operation of a schema; they go on for as long as it is known. */
export function inputSamplesOf(operation: KnownOperation, schema: GraphQLSchema): InputSamples | undefined {
  const before = made.get(operation)
  if (before) return before.samples
  const walk = compileVariableCoordinates(schema, operation.definition)
  const samples = walk && new InputSamples(walk)
  made.set(operation, { samples })
  return samples
}
