import { matchLines } from './matching-lines.ts'

/** A line of a diff: kept, taken out or put in. */
interface Edit {
  readonly mark: ' ' | '-' | '+'
  readonly line: string
}

interface Hunk {
  readonly from: number
  readonly to: number
}

const context = 3

/** The unified diff of two texts under one name, each line ended; empty when they are equal. It needs no git. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return ''
  const edits = editsOf(linesOf(before), linesOf(after))
  const hunks = hunksOf(edits).map((hunk) => printHunk(edits, hunk))
  return [`--- ${name}`, `+++ ${name}`, ...hunks, ''].join('\n')
}

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  const edits: Edit[] = []
  let [at, other] = [0, 0]
  const end = { before: before.length, after: after.length, length: 0 }
  for (const match of [...matchLines(before, after), end]) {
    for (; at < match.before; at += 1) edits.push({ mark: '-', line: before[at] ?? '' })
    for (; other < match.after; other += 1) edits.push({ mark: '+', line: after[other] ?? '' })
    for (const stop = at + match.length; at < stop; at += 1) edits.push({ mark: ' ', line: before[at] ?? '' })
    other += match.length
  }
  return edits
}

/** Changed lines with three lines around them; what touches is one. */
function hunksOf(edits: readonly Edit[]): Hunk[] {
  const hunks: Hunk[] = []
  for (const [index, { mark }] of edits.entries()) {
    if (mark === ' ') continue
    const from = Math.max(0, index - context)
    const to = Math.min(edits.length, index + context + 1)
    const last = hunks.at(-1)
    if (last && from <= last.to) hunks[hunks.length - 1] = { from: last.from, to }
    else hunks.push({ from, to })
  }
  return hunks
}

function printHunk(edits: readonly Edit[], { from, to }: Hunk): string {
  const lines = edits.slice(from, to)
  const range = (mark: '-' | '+') => {
    const start = edits.slice(0, from).filter((edit) => edit.mark !== otherOf(mark)).length
    const length = lines.filter((edit) => edit.mark !== otherOf(mark)).length
    // By convention an empty range names the line before it.
    return `${mark}${length === 0 ? start : start + 1}${length === 1 ? '' : `,${length}`}`
  }
  return [`@@ ${range('-')} ${range('+')} @@`, ...lines.map(({ mark, line }) => `${mark}${line}`)].join('\n')
}

function otherOf(mark: '-' | '+'): string {
  return mark === '-' ? '+' : '-'
}
