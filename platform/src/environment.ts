import type { Cluster } from '@headcount/postgres'
import { serviceNames } from './domain-services.ts'
import type { Secrets } from './secrets.ts'

/** Settings by name, as processes get them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What has a database of its own: the five services, and the registry. */
export const databaseNames = [...serviceNames, 'registry'] as const

/** Name of what has a database. */
export type DatabaseName = (typeof databaseNames)[number]

/** Name of the setting that says where a database is. */
export function databaseSetting(name: DatabaseName): string {
  return `DATABASE_URL_${name.toUpperCase()}`
}

/** The databases that the operator did not name: these are in the embedded Postgres. */
export function databasesToEmbed(environment: Environment): DatabaseName[] {
  return databaseNames.filter((name) => !environment[databaseSetting(name)])
}

/** What the platform adds to the operator's environment; what the operator set stays. */
export interface Additions {
  readonly secrets: Secrets
  readonly cluster: Pick<Cluster, 'url'> | undefined
  /** Processes that each hold the five services; default 1. */
  readonly workers?: number
}

/** Processes with services that the embedded Postgres, with its 240 connections, has room for. */
export const mostEmbeddedWorkers = 12
// The rest of the 240 is for the relays' waiting, migrations and whoever looks.
const embeddedConnections = 216
const connectionsOfOne = 10
// One listens, and two work.
const connectionsOfRegistry = 3

/** How many connections a service may hold in each of so many processes. */
function connectionsEach(workers: number): number {
  const each = Math.floor((embeddedConnections / workers - connectionsOfRegistry) / serviceNames.length)
  return Math.min(connectionsOfOne, each)
}

/** The environment with everything that a service needs: the operator's words first, then the embedded defaults. */
export function completeEnvironment(
  environment: Environment,
  { secrets, cluster, workers = 1 }: Additions,
): Environment {
  const completed: Record<string, string | undefined> = { ...secrets, ...given(environment) }
  if (!cluster) return completed
  for (const name of databasesToEmbed(environment)) {
    completed[databaseSetting(name)] = cluster.url(`headcount_${name}`)
    if (name !== 'registry')
      completed[`HEADCOUNT_${name.toUpperCase()}_CONNECTIONS`] ??= String(connectionsEach(workers))
  }
  return completed
}

/** What was set to something: an empty text counts as unset. */
export function given(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
}
