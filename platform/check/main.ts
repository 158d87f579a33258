import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Enforcer } from './enforcer.ts'
import { enforcers } from './enforcers.ts'
import { runEnforcers } from './run-enforcers.ts'

const help = `Usage: pnpm check [ENFORCER…] [--base REV] [--list]

Runs the machines that keep the house's rules, all of them or those that are named. Nothing is changed.

  --base REV  compare the graph with this revision; default: bin/headcount schema check --help
  --list      say what each enforcer guards

Exit code: 0 all passed, 1 one failed, 2 the command line is wrong.
`

const root = fileURLToPath(new URL('../..', import.meta.url))

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { base: { type: 'string' }, list: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help || values.list) {
    process.stdout.write(values.help ? help : list())
    return 0
  }
  const chosen = positionals.length === 0 ? enforcers : positionals.map(find)
  const print = (text: string) => process.stdout.write(`${text}\n`)
  const failed = await runEnforcers(chosen, { root, settings: { base: values.base }, print })
  print(failed === 0 ? `all ${chosen.length} passed` : `${failed} of ${chosen.length} failed`)
  return failed === 0 ? 0 : 1
}

function find(name: string): Enforcer {
  const enforcer = enforcers.find((one) => one.name === name)
  if (!enforcer)
    throw new TypeError(`There is no enforcer '${name}': ${enforcers.map((one) => one.name).join(', ')}`)
  return enforcer
}

function list(): string {
  return enforcers.map(({ name, guards }) => `${name.padEnd(16)} ${guards}\n`).join('')
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (err) {
  if (!(err instanceof TypeError)) throw err
  process.stderr.write(`${err.message}\nTry: pnpm check --help\n`)
  process.exitCode = 2
}
