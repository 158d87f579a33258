import type {
  ChangeLevel,
  CheckReport,
  CompositionError,
  CompositionHint,
  LintFinding,
  SchemaChange,
} from '@headcount/registry-api'
import type { CheckSubject } from './check-subject.ts'
import { usageWords } from './usage-words.ts'
import { verdictLine } from './verdict-line.ts'

/** A report for a terminal: the worst first, a place that editors open, the verdict last. */
export function formatHuman({ base, subgraphs, report, now }: CheckSubject): string {
  const lines = [
    `Working tree against ${base}: ${subgraphs.join(', ')}`,
    ...report.notes.map((note) => `Note: ${note}`),
    ...formatErrors(report.errors),
    ...report.hints.filter(({ level }) => level === 'warning').map(hintLine),
    ...(['breaking', 'dangerous', 'safe'] as const).flatMap((level) => section(level, report, now)),
    ...(report.lint.length > 0 ? [`style (${report.lint.length})`, ...report.lint.flatMap(lintLines)] : []),
    verdictLine(report),
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

function section(level: ChangeLevel, { changes, evidence }: CheckReport, now: Date): string[] {
  const ofLevel = changes.filter((change) => change.level === level)
  if (ofLevel.length === 0) return []
  return [`${level} (${ofLevel.length})`, ...ofLevel.flatMap((change) => changeLines(change, evidence, now))]
}

function changeLines(change: SchemaChange, evidence: CheckReport['evidence'], now: Date): string[] {
  const place = change.place ? `  ${placeText(change.place)}` : ''
  const where = change.schema === 'subgraph' && change.subgraph ? `  [${change.subgraph} only]` : ''
  return [
    `  ${change.code}  ${change.coordinate ?? change.subgraph ?? ''}${where}${place}`,
    ...indented(change.message),
    ...(change.reason && change.level !== 'safe' ? indented(change.reason) : []),
    ...usageWords(change, { evidence, now }).map((line) => `    ${line}`),
  ]
}

function lintLines({ rule, level, coordinate, message, place }: LintFinding): string[] {
  return [`  ${level} ${rule}  ${coordinate}${place ? `  ${placeText(place)}` : ''}`, ...indented(message)]
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `    ${line}`)
}

function placeText({ file, line, column }: Partial<Record<'file' | 'line' | 'column', unknown>>): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}
