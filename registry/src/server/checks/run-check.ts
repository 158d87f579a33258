import type { CheckRecord, CheckReport } from '@headcount/registry-api'
import { placeholderUrl, type Subgraph } from '../../subgraph.ts'
import { readServed } from '../documents/served-documents.ts'
import { RegistryProblem } from '../endpoint.ts'
import type { ServerParts } from '../server-parts.ts'
import { trafficFor, uncountedRequests } from '../usage/traffic.ts'
import { addCheck } from './check-records.ts'
import type { GivenCheck } from './read-check-request.ts'

/** What checks need of the registry's server. */
export type CheckParts = Pick<ServerParts, 'database' | 'now' | 'apiSchema' | 'subgraphsOf' | 'judge'>

/**
 * Checks subgraphs as they would be against those that are live, weighed by the documents that are published and the traffic
 * that is recorded. What comes of it is kept.
 */
export async function runCheck(check: GivenCheck, by: string, parts: CheckParts): Promise<CheckRecord> {
  const live = await parts.apiSchema()
  const base = live ? await parts.subgraphsOf(live.number) : []
  const head = headOf(check, base)
  const days = usageDays(check.settings)
  const [documents, traffic, uncounted] = await Promise.all([
    readServed(parts.database),
    trafficFor({ days }, parts),
    uncountedRequests({ days }, parts),
  ])
  const { settings } = check
  const report = await parts.judge.check({ base, head, evidence: { documents, traffic }, settings })
  return await addCheck(parts.database, {
    ...{ at: parts.now(), by, base: live?.number ?? null, context: check.context },
    subgraphs: [...check.subgraphs.map(({ name }) => name), ...check.removed].sort(),
    report: uncounted > 0 ? withNote(report, { uncounted, days }) : report,
  })
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

const defaultDays = 30

/** The settings' `check.usage.days`; what is wrong in settings is for the judge to say. */
function usageDays(settings: unknown): number {
  const { days } = (settings as { check?: { usage?: { days?: unknown } } } | undefined)?.check?.usage ?? {}
  return Number.isSafeInteger(days) && Number(days) >= 1 ? Math.min(Number(days), 3_650) : defaultDays
}

function withNote(
  report: CheckReport,
  { uncounted, days }: { uncounted: number; days: number },
): CheckReport {
  const note = `${uncounted} requests of the last ${days} days found no room to be counted; nobody knows what they used.`
  return { ...report, notes: [...report.notes, note] }
}
