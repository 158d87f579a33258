import { createAnalytics } from '@headcount/analytics'
import { analyticsSettings } from '@headcount/analytics/config'
import { readConfig } from '@headcount/config'
import { createEvents } from '@headcount/events'
import { eventsSettings } from '@headcount/events/config'
import { createGates } from '@headcount/gates'
import { gatesSettings } from '@headcount/gates/config'
import { createParticipants } from '@headcount/participants'
import { participantsSettings } from '@headcount/participants/config'
import type { Parts, Service } from '@headcount/service'
import type { Environment } from './environment.ts'

/** The five, in the order in which they are started. */
export const serviceNames = ['auth', 'events', 'participants', 'gates', 'analytics'] as const

/** Name of a domain service. */
export type ServiceName = (typeof serviceNames)[number]

/** The folder of a service. */
export function folderOf(name: ServiceName): URL {
  return new URL(`../../subgraphs/${name}/`, import.meta.url)
}

type Create = (environment: Environment, parts: Parts) => Promise<Service>

/** Makes each service but auth of its settings and its parts; auth has more to give than a service. */
export const creators: Readonly<Record<Exclude<ServiceName, 'auth'>, Create>> = {
  events: (environment, parts) => createEvents(readConfig(eventsSettings, environment), parts),
  participants: (environment, parts) =>
    createParticipants(readConfig(participantsSettings, environment), parts),
  gates: (environment, parts) => createGates(readConfig(gatesSettings, environment), parts),
  analytics: (environment, parts) => createAnalytics(readConfig(analyticsSettings, environment), parts),
}
