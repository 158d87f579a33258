import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ManifestRefused, readManifest } from '@headcount/manifests'
import type { DocumentsAnswer } from '@headcount/registry-api'
import type { Logger } from 'pino'
import type { DocumentsFeed } from '../../feeds/feed.ts'
import { DocumentsRefused } from './documents-refused.ts'

/** A manifest of trusted documents. */
export interface ManifestFile {
  readonly path: string
  /** Name that the client sends whose documents they are; left out = nobody's in particular, so that everybody may run them. */
  readonly client?: string | undefined
}

/** How often the files' times are looked at, in milliseconds. Polling, since mounts in clusters send no events. */
const intervalMs = 500

async function readOne({ path, client = '' }: ManifestFile): Promise<DocumentsAnswer['clients']> {
  try {
    return readManifest(await readFile(path, 'utf8'), client)
  } catch (error) {
    const reasons =
      error instanceof ManifestRefused
        ? error.reasons
        : [error instanceof Error ? error.message : String(error)]
    throw new DocumentsRefused(reasons.map((reason) => `${path}: ${reason}`))
  }
}

/** Reads manifests, all of them or none. @throws DocumentsRefused */
export async function readManifests(files: readonly ManifestFile[]): Promise<DocumentsAnswer> {
  const read = await Promise.allSettled(files.map(readOne))
  const reasons = read.flatMap((one) =>
    one.status === 'rejected' ? (one.reason as DocumentsRefused).reasons : [],
  )
  if (reasons.length > 0) throw new DocumentsRefused(reasons)
  return { clients: read.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])) }
}

/** Trusted documents of files. They are watched: when one changes all are read again, and taken together or not at all. */
export function manifestFiles(files: readonly ManifestFile[], log: Logger): DocumentsFeed {
  let last: string | undefined
  let reading: Promise<void> = Promise.resolve()
  const read = async () => {
    const documents = await readManifests(files)
    const text = JSON.stringify(documents)
    const isAnother = text !== last
    last = text
    return { documents, isAnother }
  }
  return {
    first: async () => (await read()).documents,
    watch(listener) {
      let isOver = false
      const tell = async () => {
        if (isOver) return
        try {
          const { documents, isAnother } = await read()
          if (isAnother && !isOver) listener(documents)
        } catch (error) {
          log.error({ err: error }, 'a manifest cannot be read; the last good documents stay')
        }
      }
      // One after the other: what is read later is newer.
      const look = () => {
        reading = reading.then(tell)
      }
      for (const { path } of files) watchFile(path, { interval: intervalMs, persistent: false }, look)
      // What came since the first was read.
      look()
      return () => {
        isOver = true
        for (const { path } of files) unwatchFile(path, look)
      }
    },
    close: () => reading,
  }
}
