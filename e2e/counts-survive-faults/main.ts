import { parseArgs } from 'node:util'
import { reportText } from './report-text.ts'
import { runUnderFaults } from './run-under-faults.ts'

const help = `Usage: node e2e/counts-survive-faults/main.ts [--seed N] [--minutes M] [--keep]

Starts a whole platform with Postgres, NATS and Valkey beside it, lets 24 scanners, a supervisor, a ticket office and
watchers work, and meanwhile kills (-9), stops and starts gates, the gateway, the other services, Postgres, NATS and Valkey.
Then it lets all come to rest and holds what clients were told against the ledger: invariants I1 to I14 and I16.

  --seed N      steers faults and people; default: one that is printed, so that a run can be made again
  --minutes M   how long faults are made; default 1
  --keep        leaves the platform running at the end, to look at it, until Ctrl-C

Ctrl-C ends a run before its time and stops what it started.

Exit code: 0 everything holds, 1 something is broken, 2 the command line is wrong or the run could not be made.
Timing is the machine's, so a seed gives the same faults and the same people, not the same rows.
`

const SEEDS = 2 ** 31

async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string', default: '1' },
      keep: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const seed = numberOf('--seed', values.seed ?? String(Math.floor(Math.random() * SEEDS)), { most: SEEDS })
  const minutes = numberOf('--minutes', values.minutes, { most: 110 })
  const startedAt = performance.now()
  const say = (line: string) =>
    process.stdout.write(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(7)} s ${line}\n`)
  say(`seed ${seed}`)
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort())
  const report = await runUnderFaults({
    seed,
    signal: stopping.signal,
    durationMs: minutes * 60_000,
    say,
    isKept: values.keep ?? false,
  })
  process.stdout.write(reportText(report, { seed, minutes }))
  if (values.keep) await keep(report)
  return report.findings.every(({ broken }) => broken.length === 0) ? 0 : 1
}

async function keep({ url, close }: { url: string; close: () => Promise<void> }): Promise<void> {
  process.stdout.write(`The platform runs at ${url}; Ctrl-C ends it.\n`)
  await new Promise((resolve) => process.once('SIGINT', resolve))
  await close()
}

function numberOf(flag: string, text: string, { most }: { most: number }): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= most))
    throw new TypeError(`${flag} is "${text}"; it takes a number from 0 to ${most}.`)
  return value
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  // What is left of a run that failed must not hold the process open.
  process.exit(2)
}
