import { createReadStream, existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documentOf } from '../manifest.ts'
import { registryAnswer } from './answers.ts'

// The built pages with canned answers, to look at the pages about the graph without a platform:
// `node dashboard/test/registry/serve.ts`, then http://127.0.0.1:4999/graph; any e-mail and password will do.
// An e-mail at refused.test, absent.test or unreachable.test shows what the pages say when something is wrong.

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function textOf(req: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of req) text += piece
  return text
}

/** A token that says nothing but how long it is good, and as whom. */
function tokenOf(email: string): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = { iat: now, exp: now + 3600, email }
  return `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`
}

async function answerGraph(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { documentId, variables } = JSON.parse(await textOf(req))
  const [operation] = documentOf(documentId).definitions
  const name = operation?.kind === 'OperationDefinition' ? operation.name?.value : undefined
  if (name === 'SignIn') {
    const session = {
      ...{
        __typename: 'Session',
        accessToken: tokenOf(variables.input.email),
        refreshToken: 'r',
        expiresAt: '',
      },
      user: { id: 'usr_1', roles: ['OPERATOR', 'ADMIN'] },
    }
    return sendJson(res, 200, { data: { signIn: session } })
  }
  if (name === 'Events') return sendJson(res, 200, { data: { events: { edges: [] } } })
  sendJson(res, 200, { errors: [{ message: 'Not canned.', extensions: { code: 'NOT_FOUND' } }] })
}

function answerRegistry(req: IncomingMessage, res: ServerResponse, url: URL): void {
  const token = req.headers.authorization ?? ''
  const { email } = JSON.parse(Buffer.from(token.split('.')[1] ?? 'e30', 'base64url').toString() || '{}')
  if (email?.endsWith('@unreachable.test')) res.destroy()
  else if (email?.endsWith('@absent.test')) sendFile(res, '/index.html')
  else if (email?.endsWith('@refused.test')) {
    sendJson(res, 403, { error: { code: 'FORBIDDEN', message: 'The token lacks registry:read.' } })
  } else sendAnswer(res, url)
}

function sendAnswer(res: ServerResponse, url: URL): void {
  const answer = registryAnswer(url.pathname.slice('/registry'.length), url.searchParams)
  if (typeof answer === 'string') {
    res.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(answer)
  } else if (answer === undefined) {
    sendJson(res, 404, { error: { code: 'NOT_FOUND', message: `There is no ${url.pathname}.` } })
  } else sendJson(res, 200, answer)
}

function sendFile(res: ServerResponse, path: string): void {
  const file = path.includes('..') || !existsSync(dist + path) || extname(path) === '' ? '/index.html' : path
  res.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    // As the platform sends it.
    'content-security-policy':
      "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  })
  createReadStream(dist + file).pipe(res)
}

const port = Number(process.argv[2] ?? 4999)
createServer((req, res) => {
  const url = new URL(req.url ?? '/', 'http://localhost')
  if (url.pathname === '/graphql') void answerGraph(req, res)
  else if (url.pathname.startsWith('/registry/')) answerRegistry(req, res, url)
  else sendFile(res, url.pathname)
}).listen(port, '127.0.0.1')
