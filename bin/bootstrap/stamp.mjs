import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './environment.mjs'

// Below node_modules, so that removing that folder removes the claim that it is complete.
const file = join(root, 'node_modules/.headcount-stamp')

/** What was prepared: a hash of its inputs by step, and the Node that runs the platform. */
export function readStamp() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

export function writeStamp(stamp) {
  writeFileSync(file, `${JSON.stringify(stamp)}\n`)
}

/** One hash of files' paths and contents; `paths` are below the clone's folder, missing ones count as such. */
export function hashFiles(paths) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const path of paths) {
    const full = join(root, path)
    hash.update(`\0${path}\0`).update(existsSync(full) ? readFileSync(full) : 'missing')
  }
  return hash.digest('hex')
}

/** All files below a folder, sorted; none when there is no such folder. */
export function filesBelow(folder) {
  const full = join(root, folder)
  if (!existsSync(full)) return []
  return readdirSync(full, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      return entry.isDirectory() ? filesBelow(path) : [path]
    })
    .sort()
}

/** The folders directly below one. */
export function foldersIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`)
    .sort()
}
