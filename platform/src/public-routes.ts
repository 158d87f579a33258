import type { Gateway } from '@headcount/gateway'
import type { Whole } from '@headcount/gateway/workers'
import type { Registry } from '@headcount/registry'
import { answerLive, answerMetrics, answerReady, type Route, routeByPath, sendJson } from '@headcount/service'
import type { Logger } from 'pino'
import { dashboardRoute } from './dashboard.ts'
import { authorityPath } from './tls.ts'

/** What stands behind the public addresses. */
export interface PublicParts {
  readonly gateway: Gateway
  readonly registry: Pick<Registry, 'handle'>
  /** Tells of the whole platform. */
  readonly reports: Whole
  readonly log: Logger
  /** Certificate of our own authority, for devices that shall trust it. */
  readonly authority: string | undefined
}

const registryPath = /^\/registry(?:[/?]|$)/

/** The public addresses of the platform. What is none of them is a page of the dashboard. */
export function publicRoutes({ gateway, registry, reports, log, authority }: PublicParts): Route {
  const routes: Record<string, Route> = {
    '/graphql': (req, res) => gateway.handle(req, res),
    '/health/live': answerLive,
    '/health/ready': answerReady(() => reports.problems()),
    '/metrics': answerMetrics(() => reports.metrics()),
    '/.well-known/jwks.json': async (_req, res) => sendJson(res, 200, await gateway.keys()),
  }
  if (authority !== undefined) {
    routes[authorityPath] = (_req, res) => {
      res.writeHead(200, { 'content-type': 'application/x-x509-ca-cert' })
      res.end(authority)
    }
  }
  const onError = (error: unknown) => log.error({ err: error }, 'a request failed')
  const pages = dashboardRoute()
  return routeByPath(routes, onError, (req, res) =>
    registryPath.test(req.url ?? '') ? registry.handle(req, res, '/registry') : pages(req, res),
  )
}
