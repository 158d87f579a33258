import { resolve } from 'node:path'
import { startPlatform } from '../platform.ts'
import { textProgress } from '../progress.ts'
import { type Command, readOptions, readPort, UsageError } from './command.ts'
import { untilStopped } from './until-stopped.ts'

const help = `Usage: headcount up [options]

Starts the whole platform: databases, five services, gateway and dashboard. Everything
that it starts, it stops: with Ctrl-C it finishes what is under way first.

Options
  --port N                         port to listen at; 0 takes a free one (default 4000, or PORT)
  --host ADDR                      address to listen at (default 127.0.0.1)
  --data DIR                       where data and secrets are kept (default .headcount)
  --services all-in-one|separate   all services in this process (default), or each in its own;
                                   separate needs NATS and Redis: NATS_URL and REDIS_URL, or
                                   servers on PATH, or those of \`headcount fetch-servers\`
  --demo                           load the demo event and let its people arrive
  --no-simulation                  with --demo: load it and leave it still
  -h, --help                       this text

Each part that the environment names replaces the embedded one: DATABASE_URL_AUTH,
_EVENTS, _PARTICIPANTS, _GATES, _ANALYTICS, NATS_URL, REDIS_URL. All settings stand in
docs/operations/settings.md.

Examples
  headcount up --demo
  headcount up --port 8080 --data /var/lib/headcount
  DATABASE_URL_GATES=postgres://… headcount up
`

const options = {
  port: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string', default: '.headcount' },
  services: { type: 'string', default: 'all-in-one' },
  demo: { type: 'boolean', default: false },
  'no-simulation': { type: 'boolean', default: false },
} as const

/** `headcount up`. */
export const up: Command = {
  summary: 'start the platform',
  help,
  async run(argv, terminal) {
    const values = readOptions(argv, options)
    const { services } = values
    if (services !== 'all-in-one' && services !== 'separate') {
      throw new UsageError(`--services is "${services}"; it takes all-in-one or separate.`)
    }
    const progress = textProgress((line) => terminal.out(line))
    const platform = await startPlatform({
      environment: terminal.environment,
      dataDirectory: resolve(terminal.folder, values.data),
      host: values.host,
      port: readPort(values.port),
      services,
      progress,
    })
    terminal.out(`\nHeadcount is ready: ${platform.url}/\n`)
    await untilStopped()
    terminal.out('Stopping: finishing what is under way')
    await platform.stop()
    terminal.out('Stopped.')
    return 0
  },
}
