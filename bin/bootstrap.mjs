// The first program of a fresh clone: plain JavaScript without dependencies, for any Node from 20 on.
//
//   node bin/bootstrap.mjs start …args    what `npm start` runs: prepare, then `headcount up --demo …args`
//   node bin/bootstrap.mjs test …args     what `npm test` runs: prepare, then all tests
//   node bin/bootstrap.mjs prepare [cmd]  what bin/headcount runs: prepare for that command in silence and
//                                         print the path of the Node that runs it
//
// What is prepared once is skipped the next time by a stamp, see bootstrap/stamp.mjs.

import { prepare } from './bootstrap/prepare.mjs'
import { Refusal } from './bootstrap/refusal.mjs'
import { run } from './bootstrap/run.mjs'

/** As in bin/headcount: docs/decisions/young-objects.md. */
const youngSpace = ['--min-semi-space-size=16', '--max-semi-space-size=64']

const modes = {
  async start(args) {
    const node = await prepare({ dashboard: true, quiet: false })
    return run(node, [...youngSpace, 'platform/src/main.ts', 'up', '--demo', ...args])
  },
  async test(args) {
    const node = await prepare({ dashboard: true, quiet: false })
    return run(node, ['node_modules/vitest/vitest.mjs', 'run', ...args])
  },
  async prepare([command]) {
    const node = await prepare({ dashboard: command === 'up', quiet: true })
    process.stdout.write(`${node}\n`)
    return 0
  },
}

async function main([mode = '', ...args]) {
  if (!Object.hasOwn(modes, mode)) {
    throw new Refusal(`Unknown mode '${mode}': use ${Object.keys(modes).join(', ')}`)
  }
  return modes[mode](args)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (err) {
  if (!(err instanceof Refusal)) throw err
  process.stderr.write(`${err.message}\n`)
  process.exitCode = 1
}
