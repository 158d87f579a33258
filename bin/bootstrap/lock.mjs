import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { root } from './environment.mjs'

const folder = join(root, '.headcount')
const file = join(folder, 'bootstrap.lock')
const pollMs = 300

/** Runs `work` while no other start of this clone prepares anything; `onWait` is called once if it must wait. */
export async function withLock(work, onWait) {
  let announced = false
  while (!acquire()) {
    if (!announced) onWait()
    announced = true
    await setTimeout(pollMs)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function acquire() {
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (err) {
    if (err.code !== 'EEXIST') throw err
    if (!ownerLives()) rmSync(file, { force: true })
    return false
  }
}

/** A start that was killed leaves its lock behind. */
function ownerLives() {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    // An empty file is being written this very moment.
    if (!pid) return true
    process.kill(pid, 0)
    return true
  } catch (err) {
    return err.code === 'EPERM'
  }
}
