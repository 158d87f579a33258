import { ConfigError } from '@headcount/config'
import type { CheckRecord, CheckReport } from '@headcount/registry-api'
import { readSettings } from '../../settings/read-settings.ts'
import type { CheckSettings } from '../../settings/settings.ts'
import { placeholderUrl, type Subgraph } from '../../subgraph.ts'
import { readServed } from '../documents/served-documents.ts'
import { RegistryProblem } from '../endpoint.ts'
import type { Parts } from '../parts.ts'
import { trafficFor, uncountedRequests } from '../usage/traffic.ts'
import { readSubgraphs } from '../versions/read-base.ts'
import { addCheck } from './check-records.ts'
import type { GivenCheck } from './read-check-request.ts'

/** What checks need of the registry's server. */
export type CheckParts = Pick<Parts, 'database' | 'now' | 'live' | 'judge'>

/**
 * Checks subgraphs as they would be against those that are live, weighed by the documents that are published and the traffic
 * that is recorded. What comes of it is kept.
 */
export async function runCheck(check: GivenCheck, by: string, parts: CheckParts): Promise<CheckRecord> {
  const { database, live, judge } = parts
  const settings = settingsOf(check)
  const number = live.state?.number ?? null
  const served = number === null ? undefined : await readSubgraphs(database.query, number)
  const base = served?.subgraphs ?? []
  const head = headOf(check, base)
  const { days } = settings.usage
  const [documents, traffic, uncounted] = await Promise.all([
    readServed(database),
    trafficFor({ days }, parts),
    uncountedRequests({ days }, parts),
  ])
  const now = parts.now()
  const report = await judge.run('check', {
    ...{ base, head, evidence: { documents, traffic }, settings, now },
    lintsAll: check.lintsAll,
  })
  return await addCheck(database, {
    ...{ at: now, by, base: number, context: check.context },
    subgraphs: [...check.subgraphs.map(({ name }) => name), ...check.removed].sort(),
    report: uncounted > 0 ? withNote(report, { uncounted, days }) : report,
  })
}

function settingsOf({ settings }: GivenCheck): CheckSettings {
  try {
    return readSettings(settings).check
  } catch (err) {
    if (err instanceof ConfigError) throw new RegistryProblem('BAD_REQUEST', err.message)
    throw err
  }
}

/** The subgraphs as they would be; those that are not given stay as they are. */
function headOf({ subgraphs, isWhole, removed }: GivenCheck, base: readonly Subgraph[]): Subgraph[] {
  const live = new Map(base.map((one) => [one.name, one]))
  const missing = removed.filter((name) => !live.has(name))
  if (missing.length > 0) {
    throw new RegistryProblem(
      'BAD_REQUEST',
      `removed names ${missing.join(', ')}; live are ${[...live.keys()].join(', ') || 'none'}`,
    )
  }
  const given = new Set([...subgraphs.map(({ name }) => name), ...removed])
  const rest = isWhole ? [] : base.filter(({ name }) => !given.has(name))
  return [
    ...rest,
    ...subgraphs.map(({ name, sdl, file }) => ({
      ...{ name, sdl, url: live.get(name)?.url ?? placeholderUrl(name) },
      ...(file === undefined ? {} : { file }),
    })),
  ]
}

function withNote(
  report: CheckReport,
  { uncounted, days }: { uncounted: number; days: number },
): CheckReport {
  const note = `${uncounted} requests of the last ${days} days found no room to be counted; nobody knows what they used.`
  return { ...report, notes: [...report.notes, note] }
}
