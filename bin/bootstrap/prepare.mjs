import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './environment.mjs'
import { withLock } from './lock.mjs'
import { Refusal } from './refusal.mjs'
import { findRuntime } from './runtime.mjs'
import { filesBelow, foldersIn, hashFiles, readStamp, writeStamp } from './stamp.mjs'
import { refuseOldNode, runTool } from './tool.mjs'

const pnpm = ['npx', '-y', 'pnpm@12.21.0']

/**
 * The steps from a fresh clone to a platform that can start, in this order. A step runs when the hash of its
 * inputs is new or one of its outputs is missing.
 */
const steps = [
  {
    name: 'install',
    says: 'Installing packages (the first time takes a minute or two)',
    inputs: () => ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packageFiles()],
    outputs: () => ['node_modules/.modules.yaml'],
    run: ({ quiet }) => runTool([...pnpm, 'install', '--frozen-lockfile'], { quiet, cwd: root }),
  },
  {
    name: 'generate',
    says: 'Generating the database clients',
    inputs: () =>
      foldersIn('subgraphs').flatMap((folder) => [
        `${folder}/prisma/schema.prisma`,
        `${folder}/prisma.config.ts`,
        `${folder}/package.json`,
      ]),
    outputs: () => foldersIn('subgraphs').map((folder) => `${folder}/src/generated/prisma`),
    run: ({ quiet }) => runTool([...pnpm, 'run', 'generate'], { quiet, cwd: root }),
  },
  {
    name: 'dashboard',
    says: 'Building the dashboard',
    inputs: () => [
      ...['index.html', 'vite.config.ts', 'package.json'].map((name) => `dashboard/${name}`),
      ...filesBelow('dashboard/src'),
      ...filesBelow('dashboard/public'),
    ],
    outputs: () => ['dashboard/dist/index.html'],
    run: ({ quiet, runtime }) =>
      runTool([runtime, 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
        quiet,
        cwd: join(root, 'dashboard'),
      }),
  },
]

/** Does what is not done yet and answers the Node that runs the platform. Throws a Refusal. */
export async function prepare({ dashboard, quiet }) {
  refuseOldNode()
  const wanted = steps.filter(({ name }) => dashboard || name !== 'dashboard')
  if (wanted.some((step) => isDue(step, readStamp()))) {
    refuseReadOnly()
    await withLock(
      () => runSteps(wanted, quiet),
      () => say(quiet, 'Another start is preparing this clone; waiting for it'),
    )
  }
  return readStamp().runtime
}

async function runSteps(wanted, quiet) {
  for (const step of wanted) {
    const stamp = readStamp()
    if (!isDue(step, stamp)) continue
    say(quiet, step.says)
    await step.run({ quiet, runtime: stamp.runtime })
    const runtime = step.name === 'install' ? findRuntime() : stamp.runtime
    writeStamp({ ...readStamp(), runtime, [step.name]: hashFiles(step.inputs()) })
  }
}

function isDue({ name, inputs, outputs }, stamp) {
  return stamp[name] !== hashFiles(inputs()) || outputs().some((path) => !existsSync(join(root, path)))
}

function packageFiles() {
  const folders = [
    '.',
    'gateway',
    'registry',
    'platform',
    'dashboard',
    'e2e',
    'bench',
    'deploy',
    ...foldersIn('subgraphs'),
    ...foldersIn('examples'),
  ]
  return [...folders, ...foldersIn('packages')].map((folder) => `${folder}/package.json`)
}

function refuseReadOnly() {
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new Refusal(
      `${root} is not writable for this user: clone it again as this user, or change its owner.`,
    )
  }
}

/** To stderr for a command whose output somebody may parse. */
function say(quiet, text) {
  const stream = quiet ? process.stderr : process.stdout
  stream.write(`Headcount: ${text} …\n`)
}
