import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'

const READY_DEADLINE_MS = 15_000
const STOP_DEADLINE_MS = 5000
const ATTEMPTS = 3

/** A server that this process has started. */
export interface RunningServer {
  /** e.g. `nats://127.0.0.1:40123`. */
  url: string
  port: number
  /** The process group of the server. */
  pid: number
  /** Ends it, within 5 s; resolves when it is gone. May be called twice. */
  stop(): Promise<void>
}

/** How a server is started. */
export interface ServerRecipe {
  name: string
  path: string
  /** Default: a free one. */
  port: number | undefined
  args(port: number): readonly string[]
  url(port: number): string
  /** Resolves true once the server answers. */
  isReady(port: number): Promise<boolean>
}

// The server lives in a session of its own (Ctrl-C in a terminal reaches the parent alone) and ends when the
// pipe on descriptor 0 closes: by `stop`, or because the parent is gone, however it went.
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- & server=$!
{ cat <&3 >/dev/null; kill -TERM $server 2>/dev/null; } & guard=$!
exec 3<&-
wait $server; code=$?
kill $guard 2>/dev/null
exit $code
`

/** Starts a server on the loopback and resolves when it is ready; rejects with its last output otherwise. */
export async function startServer(recipe: ServerRecipe): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const port = recipe.port ?? (await freePort())
    const { child, lastOutput } = launch(recipe, port)
    if (await becomesReady(recipe, port, child)) {
      return { url: recipe.url(port), port, pid: child.pid ?? 0, stop: () => stop(child) }
    }
    await stop(child)
    // Another process may have taken the free port in between.
    if (recipe.port !== undefined || attempt >= ATTEMPTS) {
      throw new Error(`${recipe.name} did not start on port ${port}: ${lastOutput() || 'it printed nothing'}`)
    }
  }
}

function launch(recipe: ServerRecipe, port: number): { child: ChildProcess; lastOutput(): string } {
  let tail = ''
  const child = spawn('sh', ['-c', GUARD, 'sh', recipe.path, ...recipe.args(port)], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const keep = (chunk: Buffer) => {
    tail = (tail + chunk.toString('utf8')).slice(-2000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.stdin.on('error', () => undefined)
  child.on('error', (err) => keep(Buffer.from(err.message)))
  return { child, lastOutput: () => tail.trim() }
}

async function becomesReady(recipe: ServerRecipe, port: number, child: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + READY_DEADLINE_MS
  while (Date.now() < deadline && isRunning(child)) {
    if (await recipe.isReady(port)) return isRunning(child)
    await sleep(25)
  }
  return false
}

async function stop(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.stdin?.end()
  const isGone = await Promise.race([gone.then(() => true), sleep(STOP_DEADLINE_MS, false, { ref: false })])
  if (isGone || child.pid === undefined) return
  process.kill(-child.pid, 'SIGKILL')
  await gone
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}
