import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { root } from './environment.mjs'

const folder = join(root, '.headcount')
const file = join(folder, 'bootstrap.lock')
const pollMs = 300
const beatMs = 1_000
// A start that was killed leaves its lock behind; its silence tells, since a process id may be somebody else's.
const silenceMs = 10_000

/** Runs `work` while no other start of this clone prepares anything; `onWait` is called once if it must wait. */
export async function withLock(work, onWait) {
  let announced = false
  while (!acquire()) {
    if (!announced) onWait()
    announced = true
    await setTimeout(pollMs)
  }
  const beat = setInterval(() => utimesSync(file, new Date(), new Date()), beatMs)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    rmSync(file, { force: true })
  }
}

function acquire() {
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(file, '', { flag: 'wx' })
    return true
  } catch (err) {
    if (err.code !== 'EEXIST') throw err
    if (isSilent()) rmSync(file, { force: true })
    return false
  }
}

function isSilent() {
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0 }
  return Date.now() - mtimeMs > silenceMs
}
