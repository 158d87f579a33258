import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Route } from '@headcount/service'
import { sendJson } from '@headcount/service'
import sirv from 'sirv'

const built = fileURLToPath(new URL('../../dashboard/dist/', import.meta.url))

// Nothing of the page comes from elsewhere, and nobody may frame it.
const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

/** Serves the dashboard's files; a path without a dot is a page of it. 404 with a hint where it was not built. */
export function dashboardRoute(): Route {
  if (!existsSync(`${built}index.html`)) {
    return (_req, res) =>
      sendJson(res, 404, {
        message: 'The dashboard is not built: run `npm start`, or `vite build` in dashboard/.',
      })
  }
  const serve = sirv(built, {
    single: true,
    etag: true,
    setHeaders(res, path) {
      for (const [name, value] of Object.entries(securityHeaders)) res.setHeader(name, value)
      // Names of assets carry a hash of their content; the page itself must be asked for each time.
      const isAsset = path.startsWith('/assets/')
      res.setHeader('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  return (req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      return sendJson(res, 405, { message: 'Only GET is answered here.' })
    }
    serve(req, res, () => sendJson(res, 404, { message: 'There is nothing at this address.' }))
  }
}
