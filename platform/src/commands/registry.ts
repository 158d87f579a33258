import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runRegistry } from '@headcount/registry/commands'
import { type Command, readOptions, readPort, type Terminal } from './command.ts'
import { untilStopped } from './until-stopped.ts'

const help = `Usage: headcount registry [options]
       headcount registry token create|list|revoke [options]

Serves a registry alone, for a graph of your own or beside platforms that share it: it keeps versions of
the subgraphs' schemas, composes them, and gives what composes to gateways. (The platform, headcount up,
has a registry in it.) Ctrl-C finishes what is under way first.

Options
  --port N      port to listen at; 0 takes a free one (default 4000, or PORT)
  --host ADDR   address to listen at (default 127.0.0.1)
  --data DIR    where the embedded Postgres and the token are kept (default .headcount)
  -h, --help    this text

Its database is DATABASE_URL_REGISTRY, or an embedded Postgres. HEADCOUNT_REGISTRY_TOKEN is a token that
may do everything; unset, one is made at the first start and kept in DIR/secrets.json. Make others with it:
  headcount registry token create --name ci --scope schema:check,schema:publish

Then
  headcount schema publish --subgraph products --url http://products.internal/graphql --schema products.graphql
  headcount gateway --registry http://127.0.0.1:4000/registry

docs/operations/registry.md says more.
`

const options = {
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: '.headcount' },
} as const

/** `headcount registry …`. */
export const registry: Command = {
  help: '',
  async run(argv, terminal) {
    const [first] = argv
    if (first !== undefined && !first.startsWith('-')) return runRegistry(argv, invocationOf(terminal))
    if (argv.some((word) => word === '--help' || word === '-h')) {
      terminal.out(help.trimEnd())
      return 0
    }
    const { port, host, data } = readOptions(argv, options)
    return serveUntilStopped(
      { port: readPort(port), host, dataDirectory: resolve(terminal.folder, data) },
      terminal,
    )
  },
}

function invocationOf({ out, err, environment, folder }: Terminal) {
  return { out, err, environment, folder, home: fileURLToPath(new URL('../../../', import.meta.url)) }
}

interface Where {
  readonly port: number | undefined
  readonly host: string
  readonly dataDirectory: string
}

async function serveUntilStopped(where: Where, terminal: Terminal): Promise<number> {
  // From here on Ctrl-C does not break off but stops what is there once the start is through.
  const stopped = untilStopped()
  const { startRegistryServer } = await import('../registry-server.ts')
  const server = await startRegistryServer({ ...where, environment: terminal.environment })
  terminal.out(readyText(server))
  await stopped
  terminal.out('Stopping: finishing what is under way')
  await server.stop()
  terminal.out('Stopped.')
  return 0
}

function readyText({ url, tokenPlace }: { readonly url: string; readonly tokenPlace: string }): string {
  return `
The registry is ready.

  Registry      ${url}/registry
  Health        ${url}/health/ready
  Metrics       ${url}/metrics
  Token         ${tokenPlace}

Make tokens for others with: headcount registry token create --help
Ctrl-C stops it.
`
}
