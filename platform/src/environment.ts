import type { Cluster } from '@headcount/postgres'
import { type ServiceName, serviceNames } from './domain-services.ts'
import type { Secrets } from './secrets.ts'

/** Settings by name, as processes get them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Name of the setting that says where a service's database is. */
export function databaseSetting(service: ServiceName): string {
  return `DATABASE_URL_${service.toUpperCase()}`
}

/** The services whose database the operator did not name: these get the embedded Postgres. */
export function servicesToEmbed(environment: Environment): ServiceName[] {
  return serviceNames.filter((service) => !environment[databaseSetting(service)])
}

/** What the platform adds to the operator's environment; what the operator set stays. */
export interface Additions {
  readonly secrets: Secrets
  readonly cluster: Pick<Cluster, 'url'> | undefined
  /** Processes that each hold the five services; default 1. */
  readonly workers?: number
}

/** Processes with services that the embedded Postgres, with its 200 connections, has room for. */
export const mostEmbeddedWorkers = 12
// The rest of the 200 is for the relays' waiting, migrations and whoever looks.
const embeddedConnections = 180
const connectionsOfOne = 10

/** How many connections a service may hold in each of so many processes. */
function connectionsEach(workers: number): number {
  return Math.min(connectionsOfOne, Math.floor(embeddedConnections / (workers * serviceNames.length)))
}

/** The environment with everything that a service needs: the operator's words first, then the embedded defaults. */
export function completeEnvironment(
  environment: Environment,
  { secrets, cluster, workers = 1 }: Additions,
): Environment {
  const completed: Record<string, string | undefined> = { ...secrets, ...given(environment) }
  if (!cluster) return completed
  for (const service of servicesToEmbed(environment)) {
    completed[databaseSetting(service)] = cluster.url(`headcount_${service}`)
    completed[`HEADCOUNT_${service.toUpperCase()}_CONNECTIONS`] ??= String(connectionsEach(workers))
  }
  return completed
}

/** What was set to something: an empty text counts as unset. */
export function given(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
}
