import { type ChildProcess, fork } from 'node:child_process'
import { getCompileCacheDir } from 'node:module'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { EngineHost, EngineLoad, HostListeners } from './engine-host.ts'
import { hostLife } from './host-life.ts'
import type { FromHost } from './planning-messages.ts'

/** Of what a process says, this many characters are told when it dies: a panic begins with its reason. */
const toldLength = 600

/** The beginning of what a process writes to its standard error, in one line. */
function wordsOf({ stderr }: ChildProcess): () => string {
  let text = ''
  stderr?.setEncoding('utf8')
  stderr?.on('data', (chunk: string) => {
    if (text.length < toldLength) text = (text + chunk).slice(0, toldLength)
  })
  return () => text.replace(/\s+/g, ' ').trim()
}

/** Where this process keeps what it compiled, its planner does too: that is two thirds of the time that its start takes. */
function compileCache(): Readonly<Record<string, string>> {
  const directory = getCompileCacheDir()
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: directory }
}

/**
 * Opens a process for a planner: one whose faults end the process that it runs in, as a panic of a binary does.
 *
 * @param environment all that it sees of the environment, but for the compile cache: it has no use for what this process knows
 */
export function openProcess(
  load: EngineLoad & { readonly environment?: Readonly<Record<string, string>> | undefined },
  listeners: HostListeners,
): EngineHost {
  const { engine, sdl, environment = {} } = load
  const child = fork(fileURLToPath(new URL('./planning-process.ts', import.meta.url)), {
    // Neither flags of this process nor what makes it a worker of a cluster. It holds little and plans rarely.
    execArgv: ['--max-semi-space-size=1'],
    env: { ...compileCache(), ...environment },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const life = hostLife(listeners)
  const words = wordsOf(child)
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      life.over(error.message)
      // One that was never there has no exit.
      if (child.pid === undefined) resolve()
    })
    // Not `exit`: its last words come before `close`.
    child.once('close', (code, signal) => {
      life.over(`The planning process ended with ${signal ?? code}. ${words()}`.trim())
      resolve()
    })
  })
  child.on('message', (message: FromHost) => life.hear(message))
  const post = (message: object) => {
    // To one that has just died nothing can be sent; its end tells the rest.
    if (child.connected) child.send(message, () => {})
  }
  post({ engine, sdl })
  // Its output alone never keeps this process alive.
  if (child.stderr instanceof Socket) child.stderr.unref()
  return {
    ready: life.ready,
    post,
    hold(isHeld) {
      const handles = [child, child.channel]
      for (const handle of handles) isHeld ? handle?.ref() : handle?.unref()
    },
    async end() {
      life.end()
      this.hold(true)
      child.kill('SIGKILL')
      await gone
    },
  }
}
