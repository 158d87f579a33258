import { unwatchFile, watchFile as watch } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { OpenSource, SourceListener } from './open-source.ts'

/** How often the file's time is looked at, in milliseconds. Polling, since mounts in clusters send no events. */
const intervalMs = 500

/** Reads a supergraph file, and again whenever it changes. @throws Error when it can't be read at first */
export async function watchFile(
  file: string,
  options: SourceListener,
): Promise<Pick<OpenSource, 'first' | 'close'>> {
  const text = await readFile(file, 'utf8')
  let last = text
  const look = async () => {
    try {
      const next = await readFile(file, 'utf8')
      // A file that is being written is empty for a moment.
      if (next === last || next.trim() === '') return
      last = next
      options.onNext({ sdl: next })
    } catch (error) {
      options.log.warn({ err: error, file }, 'the supergraph file cannot be read; the last good one serves')
    }
  }
  const listener = () => void look()
  watch(file, { interval: intervalMs, persistent: false }, listener)
  return { first: { sdl: text }, close: () => unwatchFile(file, listener) }
}
