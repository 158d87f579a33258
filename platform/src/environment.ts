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
  readonly cluster: Cluster | undefined
}

/** The environment with everything that a service needs: the operator's words first, then the embedded defaults. */
export function completeEnvironment(environment: Environment, { secrets, cluster }: Additions): Environment {
  const completed: Record<string, string | undefined> = { ...secrets, ...given(environment) }
  if (cluster) {
    for (const service of servicesToEmbed(environment)) {
      completed[databaseSetting(service)] = cluster.url(`headcount_${service}`)
    }
  }
  return completed
}

/** What was set to something: an empty text counts as unset. */
export function given(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
}
