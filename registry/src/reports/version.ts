import type { PublishAnswer, SchemaChange, VersionDetail, VersionSummary } from '@headcount/registry-api'
import { formatErrors } from './human.ts'

const shownChanges = 20

/** What became of a publish, a removal or a rollback, for a terminal. */
export function formatPublished({ version, isUnchanged }: PublishAnswer): string {
  if (isUnchanged) return `Nothing differs from version ${version.number}, which is live; no version was made`
  return [...outcomeLines(version), ...changeLines(version.changes), ...contractLines(version)].join('\n')
}

function outcomeLines(version: VersionDetail): string[] {
  const { number, changed, errors, subgraphs } = version
  const what = changed.join(', ') || 'nothing'
  if (version.composes) {
    const back = version.rollsBackTo === null ? '' : `, as version ${version.rollsBackTo} was`
    return [`Version ${number} is live: ${what} changed${back}; ${subgraphs.length} subgraphs`]
  }
  return [
    ...formatErrors(errors),
    `REFUSED: version ${number} does not compose (${what} changed). It is stored; what was live stays live`,
  ]
}

/** What apps may notice; what is safe is counted. */
function changeLines(changes: readonly SchemaChange[]): string[] {
  const told = changes.filter(({ level }) => level !== 'safe')
  const lines = told.slice(0, shownChanges).map(({ level, code, coordinate, subgraph, place, message }) => {
    const where = place ? `  ${place.file}:${place.line}:${place.column}` : ''
    return `  ${level} ${code}  ${coordinate ?? subgraph ?? ''}${where}\n    ${message}`
  })
  const more = told.length - lines.length
  const safe = changes.length - told.length
  return [
    ...lines,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(safe > 0 ? [`  ${safe} safe ${safe === 1 ? 'change' : 'changes'}`] : []),
  ]
}

function contractLines({ contracts }: VersionDetail): string[] {
  return contracts.flatMap(({ name, errors }) =>
    errors.length === 0
      ? []
      : [
          `warning: contract ${name} does not work with it and serves what it served`,
          ...errors.map((one) => `    ${one}`),
        ],
  )
}

/** A line of the history. */
export function formatVersionLine(version: VersionSummary): string {
  const { number, at, kind, by, changed, message, isLive, composes, rollsBackTo, counts } = version
  const state = isLive ? 'live' : composes ? '' : 'refused'
  const what = rollsBackTo === null ? changed.join(',') : `to ${rollsBackTo}`
  const breaking = counts.breaking > 0 ? `  ${counts.breaking} breaking` : ''
  const said = message === null ? '' : `  ${JSON.stringify(message)}`
  const columns = [
    String(number).padStart(5),
    state.padEnd(7),
    at.slice(0, 16).replace('T', ' '),
    kind.padEnd(8),
  ]
  return `${columns.join('  ')}  ${what}  by ${by}${breaking}${said}`
}
