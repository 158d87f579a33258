import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Route } from './service.ts'

/** Answers JSON with a status. */
export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  res.end(text)
}

/** Answers `/health/live`: the process runs. */
export const answerLive: Route = (_req, res) => sendJson(res, 200, { status: 'live' })

/** Answers `/health/ready`: 200, or 503 with what is not ready. */
export function answerReady(notReady: () => Promise<readonly string[]>): Route {
  return async (_req, res) => {
    const reasons = await notReady()
    sendJson(res, reasons.length === 0 ? 200 : 503, {
      status: reasons.length === 0 ? 'ready' : 'not ready',
      notReady: reasons,
    })
  }
}

/** Answers `/metrics`. */
export function answerMetrics(text: () => Promise<string>): Route {
  return async (_req, res) => {
    const body = await text()
    res.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
    res.end(body)
  }
}

const answerNothing: Route = (_req, res) =>
  sendJson(res, 404, { message: 'There is nothing at this address.' })

/** Sends a request to the handler of its path, or to `otherwise` (404 by default); 500 when it failed. Never rejects. */
export function routeByPath(
  routes: Readonly<Record<string, Route>>,
  onError: (error: unknown) => void,
  otherwise: Route = answerNothing,
): Route {
  return async (req: IncomingMessage, res: ServerResponse) => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/'
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined
    try {
      await (route ?? otherwise)(req, res)
    } catch (error) {
      onError(error)
      if (!res.headersSent) sendJson(res, 500, { message: 'Something went wrong on our side.' })
      else res.destroy()
    }
  }
}
