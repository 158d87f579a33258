import { setImmediate } from 'node:timers/promises'
import { type ClientName, type ReportedCount, reportBounds } from '@headcount/registry-api'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { KnownOperation } from '../operations/known-operation.ts'
import type { ReportWriter } from './report-writer.ts'
import { type Signature, signatureOf } from './signature.ts'
import type { ToldOperations, Used } from './told-operations.ts'
import type { UsageWindow } from './usage-window.ts'

/** Work on a report before requests get their turn, in milliseconds: an operation's first signature takes part of one. */
const sliceMs = 2

/** What is written with what. */
export interface Writing {
  readonly writer: ReportWriter
  readonly told: ToldOperations
  /** The schema that serves now. */
  readonly current: GraphQLSchema
  readonly nowMs: number
  readonly log: Logger
}

/** Gives way to requests every few milliseconds. */
function slices(): () => Promise<void> | undefined {
  let until = performance.now() + sliceMs
  return () => {
    if (performance.now() < until) return undefined
    return setImmediate().then(() => {
      until = performance.now() + sliceMs
    })
  }
}

interface Row {
  readonly operation: string
  readonly client: ClientName
  readonly numbers: Uint32Array
}

/** Counts by operation and client: texts that differ in values alone, and a client under two objects, are one. */
class Rows {
  private readonly byKey = new Map<string, Row>()

  add(row: Row): void {
    const { operation, client, numbers } = row
    const key = `${operation}${client.name}\n${client.version}`
    const before = this.byKey.get(key)
    if (!before) {
      this.byKey.set(key, row)
      return
    }
    for (const [index, number] of numbers.entries()) {
      before.numbers[index] = (before.numbers[index] ?? 0) + number
    }
  }

  *counts(): Iterable<ReportedCount> {
    for (const { operation, client, numbers } of this.byKey.values()) {
      const [requests = 0, errors = 0, ...latencies] = numbers
      yield { operation, client, requests, errors, latencies }
    }
  }
}

/** The signature of an operation that can be reported. */
function reportable(operation: KnownOperation, schema: GraphQLSchema, log: Logger): Signature | undefined {
  try {
    const signature = signatureOf(operation, schema)
    return signature.text.length <= reportBounds.textCharacters ? signature : undefined
  } catch (error) {
    log.error({ err: error, operation: operation.key }, 'an operation cannot be reported')
    return undefined
  }
}

function tell(signature: Signature, used: Used, writing: Writing): void {
  const { operation, coordinates } = writing.told.tell(signature, used, writing)
  if (operation) writing.writer.addOperation(operation)
  if (coordinates.length > 0) writing.writer.addInputs(signature.id, coordinates)
}

/** Writes what a window has counted. @returns the requests of operations that can't be reported */
export async function writeWindow(window: UsageWindow, writing: Writing): Promise<number> {
  const rows = new Rows()
  const pause = slices()
  let uncounted = 0
  for (const entry of window.entries.values()) {
    const signature = reportable(entry.operation, entry.schema, writing.log)
    for (const [client, numbers] of window.countsOf(entry)) {
      if (signature) rows.add({ operation: signature.id, client, numbers })
      else uncounted += numbers[0] ?? 0
    }
    if (signature) tell(signature, entry, writing)
    await pause()
  }
  for (const count of rows.counts()) writing.writer.addCount(count)
  return uncounted
}

const nothing: ReadonlySet<string> = new Set()

/**
 * Writes that subscriptions are still under way, of the schema that serves now: all that they use is told as used once
 * more, since nobody asks for it anew while they last.
 */
export async function writeLive(operations: readonly KnownOperation[], writing: Writing): Promise<void> {
  const { current, told, writer, log } = writing
  const pause = slices()
  const written = new Set<string>()
  for (const operation of operations) {
    const signature = reportable(operation, current, log)
    if (!signature || written.has(signature.id)) continue
    written.add(signature.id)
    const inVariables = told.inputsOf(signature.id)
    tell(signature, { operation, schema: current, documentId: null, inputs: nothing }, writing)
    writer.addInputs(signature.id, [...new Set([...signature.coordinates, ...inVariables])])
    await pause()
  }
}
