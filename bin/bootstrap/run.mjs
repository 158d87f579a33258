import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { environment, root } from './environment.mjs'

// npm passes Ctrl-C on to a program that the terminal has told already: two signals this close are one key.
const sameKeyMs = 500
const parentPollMs = 500

/**
 * Runs the program on this Node until it ends and answers its exit code. It is a process group of its own, so
 * that a signal reaches it once, from here: SIGINT as it is, SIGTERM and a closed terminal as SIGTERM.
 */
export async function run(node, program) {
  const child = spawn(node, program, { cwd: root, env: environment(), stdio: 'inherit', detached: true })
  let lastMs = Number.NEGATIVE_INFINITY
  const forward = (signal) => {
    const nowMs = performance.now()
    if (nowMs - lastMs < sameKeyMs) return
    lastMs = nowMs
    child.kill(signal)
  }
  process.on('SIGINT', () => forward('SIGINT'))
  process.on('SIGTERM', () => forward('SIGTERM'))
  process.on('SIGHUP', () => forward('SIGTERM'))
  const watch = onceNpmIsGone(() => forward('SIGTERM'))
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (...end) => resolve(end))
  })
  clearInterval(watch)
  return code ?? 128 + constants.signals[signal]
}

/** A killed npm tells nobody; what it started should not outlive it. `exec` in package.json makes npm the parent. */
function onceNpmIsGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const npm = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(timer)
    stop()
  }, parentPollMs)
  return timer
}
