// What the tests of workers run: a tiny server that `startWorkers` makes several of.
import cluster from 'node:cluster'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { type Serve, startWorkers, type Whole } from '../../src/workers/start-workers.ts'

const [, , count = '1', port = '0', mode = ''] = process.argv
let requests = 0

async function answer(url: string | undefined, whole: Whole): Promise<string> {
  requests++
  if (url === '/metrics') return whole.metrics()
  if (url === '/problems') return JSON.stringify(await whole.problems())
  if (url === '/slow') await setTimeout(500)
  return String(process.pid)
}

const serve: Serve = async (whole) => {
  if (mode === 'fails') throw new Error('The supergraph was refused: it is none.')
  if (mode === 'dies') process.kill(process.pid, 'SIGKILL')
  if (mode === 'slow-second' && cluster.worker?.id === 2) await setTimeout(1_500)
  const own = {
    metrics: async () => `# HELP requests All.\n# TYPE requests counter\nrequests ${requests}\n`,
    problems: () => [],
  }
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    response.end(await answer(request.url, whole ?? { ...own, problems: async () => [] }))
  }
  const server = createServer((request, response) => void respond(request, response))
  server.listen(Number(port), '127.0.0.1')
  await once(server, 'listening')
  return {
    ...own,
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      await closed
    },
  }
}

// The folder that workers start in: where it is none, the system starts none.
if (mode === 'in-folder' && cluster.isPrimary) cluster.setupPrimary({ cwd: process.argv[5] ?? '' })

const log = pino({ level: 'silent' })
try {
  const started = await startWorkers({ count: Number(count), serve, log, stopMs: 5_000 })
  if (started) {
    process.stdout.write(`port ${started.port}\n`)
    await once(process, 'SIGTERM')
    await started.stop()
  }
} catch (error) {
  process.stdout.write(`failed: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
