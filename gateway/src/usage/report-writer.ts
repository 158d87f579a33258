import {
  type ReportedCount,
  type ReportedOperation,
  reportBounds,
  type UsageReport,
} from '@headcount/registry-api'

/** A report being written. */
interface Draft {
  readonly operations: ReportedOperation[]
  readonly counts: ReportedCount[]
  readonly inputs: UsageReport['inputs'][number][]
  coordinates: number
  bytes: number
}

/** A report, and how long it is at most as JSON. */
export interface WrittenReport {
  readonly report: UsageReport
  readonly bytes: number
}

/** Bytes of what surrounds texts and names: ids, keys, numbers. */
const aroundBytes = 400
/** A character of a client's own choosing may take so many, as `\u0001`. */
const characterBytes = 6
/** Far below what the registry takes: a report is made text in one go, and requests wait meanwhile. */
const bytes = Math.min(1_048_576, 0.9 * reportBounds.bytes)

function lengths(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + 3, 0)
}

/** Writes reports: what does not fit into one goes into the next. */
export class ReportWriter {
  private draft: Draft = empty()
  private readonly full: Draft[] = []

  /** An operation, with at most as many coordinates as a report may have. */
  addOperation(operation: ReportedOperation): void {
    const { text, coordinates, documentId } = operation
    // Its lines end in `\n`.
    const length = 2 * text.length + lengths(coordinates) + characterBytes * (documentId?.length ?? 0)
    this.room('operations', coordinates.length, length).operations.push(operation)
  }

  addCount(count: ReportedCount): void {
    const { name, version } = count.client
    this.room('counts', 0, characterBytes * (name.length + version.length)).counts.push(count)
  }

  /** Coordinates that an operation has used beside those that were told with it. */
  addInputs(operation: string, coordinates: readonly string[]): void {
    for (let from = 0; from < coordinates.length; from += reportBounds.coordinates) {
      const part = coordinates.slice(from, from + reportBounds.coordinates)
      this.room('inputs', part.length, lengths(part)).inputs.push({ operation, coordinates: part })
    }
  }

  /** The reports; none where there is nothing to say. */
  finish(how: {
    readonly gateway: string
    readonly fromMs: number
    readonly toMs: number
    readonly uncounted: number
    readonly nextSequence: () => number
  }): WrittenReport[] {
    const { gateway, fromMs, toMs, uncounted, nextSequence } = how
    const { operations, counts, inputs } = this.draft
    const hasAny = operations.length + counts.length + inputs.length + uncounted > 0
    const drafts = hasAny ? [...this.full, this.draft] : this.full
    return drafts.map((draft, index) => ({
      bytes: draft.bytes,
      report: {
        gateway,
        sequence: nextSequence(),
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
        operations: draft.operations,
        counts: draft.counts,
        inputs: draft.inputs,
        uncounted: index === drafts.length - 1 ? uncounted : 0,
      },
    }))
  }

  private room(list: 'operations' | 'counts' | 'inputs', coordinates: number, length: number): Draft {
    const { draft } = this
    const isFull =
      draft[list].length >= reportBounds[list] ||
      draft.coordinates + coordinates > reportBounds.coordinates ||
      draft.bytes + length + aroundBytes > bytes
    if (isFull) {
      this.full.push(draft)
      this.draft = empty()
    }
    this.draft.coordinates += coordinates
    this.draft.bytes += length + aroundBytes
    return this.draft
  }
}

function empty(): Draft {
  return { operations: [], counts: [], inputs: [], coordinates: 0, bytes: aroundBytes }
}
