import cluster from 'node:cluster'
import { resolve } from 'node:path'
import { readConfig } from '@headcount/config'
import { renderUnicodeCompact } from 'uqr'
import { platformSettings } from '../config.ts'
import type { Demo } from '../demo/demo.ts'
import type { Platform } from '../platform.ts'
import { type Progress, textProgress } from '../progress.ts'
import { addressesOf, authorityPath, readTls } from '../tls.ts'
import { type Command, readOptions, readPort, readWorkers, type Terminal, UsageError } from './command.ts'
import { untilStopped } from './until-stopped.ts'

const help = `Usage: headcount up [options]

Starts the whole platform: databases, five services, gateway and dashboard. Everything
that it starts, it stops: with Ctrl-C it finishes what is under way first.

Options
  --port N                         port to listen at; 0 takes a free one (default 4000, or PORT)
  --host ADDR                      address to listen at (default 127.0.0.1)
  --tls self|CERT,KEY              speak TLS, for phones and other machines: with a local authority,
                                   made once (its fingerprint and a QR code are printed), or with
                                   your own certificate and key in PEM
  --data DIR                       where data and secrets are kept (default .headcount)
  --services all-in-one|separate   all services in this process (default), or each in its own;
                                   separate needs NATS and Redis: NATS_URL and REDIS_URL, or
                                   servers on PATH, or those of \`headcount fetch-servers\`
  --workers N                      processes that share the port (default 1): each has the gateway and,
                                   all-in-one, the five services; more than one needs NATS and
                                   Redis as separate does. Event streams in graphql-sse's single
                                   connection mode need one worker; all else serves on any
  --demo                           load the demo event and let its people arrive
  --no-simulation                  with --demo: load it and leave it still
  -h, --help                       this text

Each part that the environment names replaces the embedded one: DATABASE_URL_AUTH,
_EVENTS, _PARTICIPANTS, _GATES, _ANALYTICS, _REGISTRY, NATS_URL, REDIS_URL. All settings stand in
docs/operations/settings.md.

Examples
  headcount up --demo
  headcount up --port 8080 --data /var/lib/headcount
  headcount up --host 0.0.0.0 --tls self
  headcount up --workers 4
  DATABASE_URL_GATES=postgres://… headcount up
`

const options = {
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  tls: { type: 'string' },
  data: { type: 'string', default: '.headcount' },
  services: { type: 'string', default: 'all-in-one' },
  workers: { type: 'string', default: '1' },
  demo: { type: 'boolean', default: false },
  'no-simulation': { type: 'boolean', default: false },
} as const

/** `headcount up`. */
export const up: Command = {
  help,
  async run(argv, terminal) {
    const values = readOptions(argv, options)
    const services = readServices(values.services)
    const progress = textProgress((line) => terminal.out(line))
    const dataDirectory = resolve(terminal.folder, values.data)
    const { host, tls: choice } = values
    const port = readPort(values.port)
    const workers = readWorkers(values.workers)
    const tls =
      choice === undefined
        ? undefined
        : await readTls({ choice, host, dataDirectory, folder: terminal.folder })
    const start = { environment: terminal.environment, dataDirectory, tls, host, port, services }
    if (cluster.isWorker) {
      const { serveAsWorker } = await import('../platform.ts')
      await serveAsWorker(start)
      return 0
    }
    // From here on Ctrl-C does not break off but stops what is there once the start is through.
    const stopped = untilStopped()
    // Loaded only now: it takes seconds, which a wrong option need not wait for.
    const { startPlatform } = await import('../platform.ts')
    const platform = await startPlatform({ ...start, workers, progress })
    const authority = tls?.authority?.cert
    const demo = values.demo
      ? await beginDemo({ platform, dataDirectory, progress, values, terminal, authority })
      : undefined
    terminal.out(readyText(platform, demo))
    if (tls?.authority) terminal.out(joinText(platform, host, tls.authority.fingerprint))
    await stopped
    terminal.out('Stopping: finishing what is under way')
    await demo?.stop()
    await platform.stop()
    terminal.out('Stopped.')
    return 0
  },
}

function readServices(text: string): 'all-in-one' | 'separate' {
  if (text === 'all-in-one' || text === 'separate') return text
  throw new UsageError(`--services is "${text}"; it takes all-in-one or separate.`)
}

interface DemoStart {
  readonly platform: Platform
  readonly dataDirectory: string
  readonly progress: Progress
  readonly values: { readonly 'no-simulation': boolean }
  readonly terminal: Terminal
  readonly authority: string | undefined
}

/** Begins the demo; where it cannot, the platform is stopped too. */
async function beginDemo({ values, terminal, ...start }: DemoStart): Promise<Demo> {
  const { demoPassword } = readConfig(platformSettings, terminal.environment)
  const isSimulated = !values['no-simulation']
  try {
    const { startDemo } = await import('../demo/demo.ts')
    return await startDemo({ ...start, password: demoPassword, isSimulated })
  } catch (error) {
    await start.platform.stop()
    throw error
  }
}

function readyText({ url }: Platform, demo: Demo | undefined): string {
  const logins = demo
    ? `\n  Sign in as    ${demo.emails.join('\n                ')}\n  Password      ${demo.password}\n`
    : ''
  return `
Headcount is ready.

  Dashboard     ${url}/
  GraphQL       ${url}/graphql
  Health        ${url}/health/ready
  Metrics       ${url}/metrics
  Registry      ${url}/registry
${logins}
Ctrl-C stops everything.
`
}

function joinText({ port }: Platform, host: string, fingerprint: string): string {
  const [address = '127.0.0.1'] = addressesOf(host)
  const url = `https://${address}:${port}/`
  return `From another device: ${url}
First let it trust the local authority: ${url.slice(0, -1)}${authorityPath}
SHA-256 ${fingerprint}

${renderUnicodeCompact(url)}
`
}
