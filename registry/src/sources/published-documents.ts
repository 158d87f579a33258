import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { PublishedDocument } from '../weighing/evidence.ts'
import { readOperations } from './manifest.ts'

/**
 * The operations of the manifests that these globs name below `root`; an operation that names no client is of
 * the one whose name the file has, without its ending.
 * Throws an UnreadableFile.
 */
export function readPublishedDocuments(root: string, globs: readonly string[]): PublishedDocument[] {
  const files = globSync([...globs], { cwd: root, exclude: (name) => name === 'node_modules' }).sort()
  return files.flatMap((file) =>
    readOperations(readFileSync(join(root, file), 'utf8'), file).map((document) => ({
      ...document,
      client: document.client || basename(file).replace(/\.json$/, ''),
    })),
  )
}
