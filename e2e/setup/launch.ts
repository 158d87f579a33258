import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../platform/src/main.ts', import.meta.url))

// Settings of the run that starts the tests must not steer a platform of theirs.
const FOREIGN =
  /^(VITEST|NODE_ENV$|NODE_OPTIONS$|PORT$|HOST$|LOG_LEVEL$|NATS_URL|REDIS_URL|DATABASE_URL|HEADCOUNT_)/

// Told by the end of its input that the test run is gone, however it went: stops the platform as Ctrl-C would, and
// removes its folder. Both are told by input too, so that its own words do not name them.
const LEASH = `
read -r pid; read -r folder
cat >/dev/null
kill -s INT -- "-$pid" 2>/dev/null || exit 0
while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
rm -rf "$folder"
`

/** How a process of `headcount` ended. */
export interface Ending {
  /** Its exit code; null after a signal. */
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process of `headcount`, in a session and a process group of its own. */
export interface Launched {
  readonly pid: number
  /** Everything that it and its services have printed so far. */
  output(): string
  /** Resolves when it has ended and all its output is read. */
  readonly ended: Promise<Ending>
  isRunning(): boolean
  /** Reads no more, as when the other end of a pipe is gone. */
  deafen(): void
  /** Signals its process alone. */
  signal(name: NodeJS.Signals): void
  /** Signals its group, as a terminal does at Ctrl-C. */
  signalGroup(name: NodeJS.Signals): void
}

/** What {@link launch} needs. */
export interface LaunchOptions {
  /** The words after `headcount`. */
  readonly words: readonly string[]
  /** Added to the environment of the test run, without that run's own settings. */
  readonly environment: Readonly<Record<string, string>>
  /** The folder it is called from, removed when the test run dies. */
  readonly folder: string
}

/** Starts `headcount` with Node itself. It does not outlive the test run. */
export function launch({ words, environment, folder }: LaunchOptions): Launched {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))
  const child = spawn(process.execPath, [MAIN, ...words], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error('headcount could not be started')
  const leash = spawn('sh', ['-c', LEASH], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  leash.stdin.on('error', () => {}).write(`${pid}\n${folder}\n`)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const isRunning = () => child.exitCode === null && child.signalCode === null
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => {
      leash.kill('SIGKILL')
      leash.stdin.destroy()
      // Services that outlive a killed platform hold its pipes open a moment longer.
      child.once('close', () => resolve({ code, signal }))
      setTimeout(() => resolve({ code, signal }), 500).unref()
    })
  })
  return {
    pid,
    output: () => output,
    ended,
    isRunning,
    deafen() {
      child.stdout.destroy()
      child.stderr.destroy()
    },
    signal: (name) => void child.kill(name),
    signalGroup: (name) => {
      if (isRunning()) process.kill(-pid, name)
    },
  }
}
