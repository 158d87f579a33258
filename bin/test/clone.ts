import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const binFolder = join(import.meta.dirname, '..')

/** A platform that tells what reaches it, and drains for a while when it is asked to stop. */
const platform = `
let count = 0
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    count += 1
    console.log(signal, count)
    if (count === 1) setTimeout(() => { console.log('drained'); process.exit(7) }, 1200)
  })
}
// Said last: a test sends its signal as soon as it reads this.
console.log('up', process.argv.slice(2).join(' '), 'in', process.cwd())
setTimeout(() => {}, Number(process.env.LINGER_MS ?? 0))
`

const vite = `
const { mkdirSync, writeFileSync, appendFileSync } = require('node:fs')
appendFileSync(process.env.LOG, 'vite build\\n')
mkdirSync('dist', { recursive: true })
writeFileSync('dist/index.html', '')
`

/** An npx that installs by making what an installation leaves, after SLEEP_S seconds. */
const npx = `#!/bin/sh
echo "npx $*" >> "$LOG"
sleep "\${SLEEP_S:-0}"
if [ -n "$SAYS" ]; then echo "$SAYS" >&2; exit 1; fi
case "$*" in
  *install*) mkdir -p node_modules dashboard/node_modules/vite/bin
    touch node_modules/.modules.yaml
    cp "$VITE" dashboard/node_modules/vite/bin/vite.js ;;
  *generate*) mkdir -p subgraphs/events/src/generated/prisma ;;
esac
`

/** How a program ended and what it wrote. */
export interface Ended {
  code: number | null
  out: string
}

/** A clone with this repository's bin/ and nothing else that is real, in a path with a space. */
export interface Clone {
  root: string
  write(path: string, text: string): void
  /** Starts a program of it. */
  start(
    command: readonly string[],
    env?: Record<string, string>,
  ): { child: ChildProcess; ended: Promise<Ended> }
  /** What was prepared since the last call: `install`, `generate`, `dashboard`. */
  prepared(): string[]
  dispose(): void
}

export function createClone(): Clone {
  const root = join(mkdtempSync(join(tmpdir(), 'headcount bin ')), 'my clone')
  const log = join(root, '../log')
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  mkdirSync(root)
  cpSync(binFolder, join(root, 'bin'), { recursive: true, filter: (source) => !source.includes('/bin/test') })
  write('package.json', '{ "type": "module" }')
  write('packages/ids/package.json', '{}')
  write('examples/two-subgraphs/package.json', '{}')
  write('platform/src/main.ts', platform)
  write('subgraphs/events/prisma/schema.prisma', 'model A {}')
  write('dashboard/src/main.ts', '')
  write('../vite.js', vite)
  write('../tools/npx', npx)
  chmodSync(join(root, '../tools/npx'), 0o755)
  const tools = [join(root, '../tools'), dirname(process.execPath), process.env.PATH].join(':')
  const base = { PATH: tools, LOG: log, VITE: join(root, '../vite.js'), HOME: process.env.HOME }
  return {
    root,
    write,
    start: ([program = '', ...args], env = {}) =>
      begin(spawn(program, args, { cwd: root, env: { ...base, ...env } })),
    prepared: () => takeLog(log),
    dispose: () => rmSync(join(root, '..'), { recursive: true, force: true }),
  }
}

function begin(child: ChildProcess) {
  let out = ''
  const keep = (chunk: Buffer) => {
    out += chunk
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, out }))
  })
  return { child, ended }
}

function takeLog(log: string): string[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  rmSync(log)
  return lines.map((line) => (/install|generate/.exec(line) ?? ['dashboard'])[0])
}
