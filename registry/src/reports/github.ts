import type { CheckSubject } from './check-subject.ts'
import { type Finding, findingsOf } from './findings.ts'
import { verdictLine } from './verdict-line.ts'

/**
 * Workflow commands that GitHub shows at the changed lines. It shows 10 of each kind a step; the summary has them all.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function formatGithub(subject: CheckSubject): string {
  return [...findingsOf(subject).map(annotation), verdictLine(subject.report)].join('\n')
}

function annotation({ severity, category, verdict, code, coordinate, place, message }: Finding): string {
  const title = [verdict === category ? category : `${category}, ${verdict}`, code, coordinate].filter(
    Boolean,
  )
  const properties = {
    file: place?.file,
    line: place?.line,
    col: place?.column,
    title: `${title[0]}: ${title.slice(1).join(' ')}`,
  }
  const given = Object.entries(properties).filter(([, value]) => value !== undefined)
  const text = given.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',')
  return `::${severity} ${text}::${escapeText(message)}`
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** The whole report as Markdown, for GITHUB_STEP_SUMMARY. */
export function githubSummary(subject: CheckSubject): string {
  const rows = findingsOf(subject).map(({ category, verdict, code, coordinate = '', place, message }) => {
    const where = place ? [place.file, place.line].filter((part) => part !== undefined).join(':') : ''
    const kind = verdict === category ? category : `${category}, ${verdict}`
    return `| ${[kind, `\`${code}\``, cell(coordinate), cell(where), cell(message)].join(' | ')} |`
  })
  const table = ['| | code | element | place | |', '| --- | --- | --- | --- | --- |', ...rows]
  const notes = subject.report.notes.map((note) => `- ${cell(note)}`)
  return [
    `### ${verdictLine(subject.report)}`,
    `Against ${cell(subject.base)}: ${subject.subgraphs.map(cell).join(', ')}`,
    ...(rows.length > 0 ? [table.join('\n')] : []),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
    '',
  ].join('\n\n')
}

function cell(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\|`*_[\]]/g, '\\$&')
    .replaceAll(/\r?\n/g, '<br>')
}
