import type {
  CheckReport,
  CompositionError,
  CompositionHint,
  LintFinding,
  SchemaChange,
} from '@headcount/registry-api'
import type { CheckSubject } from './check-subject.ts'
import { usageWords } from './usage-words.ts'

/** One thing that a check says, for formats that list things one by one. */
export interface Finding {
  /** `error`: it fails the check. */
  readonly severity: 'error' | 'warning' | 'notice'
  readonly category: 'composition' | 'breaking' | 'dangerous' | 'safe' | 'lint'
  /** Breaking: `used`, `unknown`, `acknowledged` or `unused`. Composition: `not-composed`, or `hint`. Else the category. */
  readonly verdict: string
  readonly code: string
  readonly coordinate?: string | undefined
  readonly place?: { readonly file: string; readonly line?: number; readonly column?: number } | undefined
  /** Sentences. */
  readonly message: string
}

/** Everything that a report says, in its order; places from the top of the git repository, as CI shows them. */
export function findingsOf({ report, now, prefix }: CheckSubject): Finding[] {
  const findings = [
    ...report.errors.map(ofError),
    ...report.hints.map(ofHint),
    ...report.changes.map((change) => ofChange(change, report, now)),
    ...report.lint.map(ofLint),
  ]
  return findings.map(({ place, ...finding }) => ({
    ...finding,
    place: place && { ...place, file: `${prefix}${place.file}` },
  }))
}

function ofError({ code, message, hint, file, line, column }: CompositionError): Finding {
  const where = file === undefined ? undefined : { file, ...(line && { line }), ...(column && { column }) }
  return {
    ...{ severity: 'error', category: 'composition', verdict: 'not-composed', code },
    coordinate: /\b[A-Z]\w*\.[a-z_]\w*\b/.exec(message)?.[0],
    place: where,
    message: hint === undefined ? message : `${message}\n${hint}`,
  }
}

function ofHint({ code, level, message, places }: CompositionHint): Finding {
  const severity = level === 'warning' ? 'warning' : 'notice'
  return { ...{ severity, category: 'composition', verdict: 'hint', code, message }, place: places[0] }
}

function ofChange(change: SchemaChange, { evidence }: CheckReport, now: Date): Finding {
  const { level, code, coordinate, subgraph, place, message, verdict = level } = change
  const isFailing = verdict === 'used' || verdict === 'unknown'
  const severity = isFailing ? 'error' : level === 'safe' ? 'notice' : 'warning'
  const reason = change.reason && level !== 'safe' ? [change.reason] : []
  return {
    ...{ severity, category: level, verdict, code, place },
    coordinate: coordinate ?? subgraph,
    message: [message, ...reason, ...usageWords(change, { evidence, now })].join('\n'),
  }
}

function ofLint({ rule, level, coordinate, message, place }: LintFinding): Finding {
  return { ...{ severity: level, category: 'lint', verdict: 'lint', code: rule, coordinate, place, message } }
}
