import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './environment.mjs'
import { Refusal } from './refusal.mjs'

const neededMajor = 24

/** The Node that runs the platform: the one that was installed here, or the host's when it is new enough. */
export function findRuntime() {
  const installed = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node')
  // It is made for glibc: on another Linux it is there and does not start.
  if (existsSync(installed) && spawnSync(installed, ['--version']).status === 0) return installed
  if (Number(process.versions.node.split('.', 1)[0]) >= neededMajor) return process.execPath
  throw new Refusal(
    `On ${process.platform} ${process.arch} Headcount runs on the Node that you install, and this one is ` +
      `${process.version}: install Node ${neededMajor} or newer (https://nodejs.org) and start again.`,
  )
}
