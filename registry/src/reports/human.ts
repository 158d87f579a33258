import type { ChangeLevel, SchemaChange } from '../comparison/schema-change.ts'
import type { CompositionError } from '../composition/composition-error.ts'
import type { CompositionHint } from '../composition/composition-hint.ts'
import type { CheckSubject } from './check-subject.ts'

/** A report for a terminal: the worst first, a place that editors open, the verdict last. */
export function formatHuman({ base, subgraphs, report }: CheckSubject): string {
  const lines = [
    `Working tree against ${base}: ${subgraphs.join(', ')}`,
    ...report.notes.map((note) => `Note: ${note}`),
    ...formatErrors(report.errors),
    ...report.hints.filter(({ level }) => level === 'warning').map(hintLine),
    ...section('breaking', report.changes),
    ...section('dangerous', report.changes),
    ...section('safe', report.changes),
    verdict(report.outcome, report.changes, report.errors),
  ]
  return lines.join('\n')
}

/** Composition errors for a terminal, each with its place and how to mend it. */
export function formatErrors(errors: readonly CompositionError[]): string[] {
  return errors.flatMap((err) => [
    `error ${err.code}${err.file === undefined ? '' : ` at ${placeText(err)}`}`,
    ...indented(err.message),
    ...err.related.slice(0, 4).map((place) => `    see also ${placeText(place)}`),
    ...(err.hint === undefined ? [] : [`    mend: ${err.hint}`]),
  ])
}

function hintLine({ code, message, places: [place] }: CompositionHint): string {
  return `warning ${code}${place ? ` at ${placeText(place)}` : ''}\n    ${message}`
}

function section(level: ChangeLevel, changes: readonly SchemaChange[]): string[] {
  const ofLevel = changes.filter((change) => change.level === level)
  if (ofLevel.length === 0) return []
  return [`${level} (${ofLevel.length})`, ...ofLevel.flatMap(changeLines)]
}

function changeLines(change: SchemaChange): string[] {
  const place = change.place ? `  ${placeText(change.place)}` : ''
  const where = change.schema === 'subgraph' && change.subgraph ? `  [${change.subgraph} only]` : ''
  return [
    `  ${change.code}  ${change.coordinate ?? change.subgraph ?? ''}${where}${place}`,
    ...indented(change.message),
    ...(change.reason && change.level !== 'safe' ? indented(change.reason) : []),
  ]
}

function verdict(outcome: string, changes: readonly SchemaChange[], errors: readonly unknown[]): string {
  if (outcome === 'not-composed') return `NOT COMPOSED: ${count(errors.length, 'error')}`
  const breaking = changes.filter(({ level }) => level === 'breaking').length
  if (breaking > 0) return `BREAKING: ${count(breaking, 'change')} that an app could notice`
  return changes.length === 0 ? 'SAFE: no change' : `SAFE: ${count(changes.length, 'change')}, none breaking`
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `    ${line}`)
}

function placeText({ file, line, column }: Partial<Record<'file' | 'line' | 'column', unknown>>): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}
