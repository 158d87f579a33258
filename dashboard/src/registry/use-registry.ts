import { createContext, useContext, useState } from 'react'
import { usePoll } from '../page/use-poll.ts'
import type { ReadRegistry, RegistryTrouble } from './read-registry.ts'

/** What is known of an address of the registry. Both undefined = the first answer has not come. */
export interface Known<Value> {
  value: Value | undefined
  /** Why the last time brought nothing. A value that was had before stays. */
  trouble: RegistryTrouble | undefined
}

/** Reads the registry, and remembers answers, so that a page that was seen a moment ago is there at once. */
export interface RegistryPages {
  read: ReadRegistry
  remembered: Map<string, unknown>
}

export const RegistryContext = createContext<RegistryPages | undefined>(undefined)

const REFRESH_MS = 15_000
const MOST_REMEMBERED = 50

/** An address of the registry, asked for again now and then. */
export function useRegistry<Value>(path: string, refreshMs = REFRESH_MS): Known<Value> {
  const pages = useContext(RegistryContext)
  if (!pages) throw new Error('useRegistry() needs a RegistryContext.Provider above it.')
  const { read, remembered } = pages
  const [answer, setAnswer] = useState<{ path: string; trouble?: RegistryTrouble | undefined }>()
  usePoll(path, refreshMs, async (signal) => {
    const reading = await read(path, signal)
    if (signal.aborted) return
    if ('value' in reading) remember(remembered, path, reading.value)
    setAnswer({ path, trouble: 'trouble' in reading ? reading.trouble : undefined })
  })
  const isRefused = answer?.path === path && answer.trouble?.kind === 'refused'
  return {
    // Who may see it no longer does not see what was had before.
    value: isRefused ? undefined : (remembered.get(path) as Value | undefined),
    trouble: answer?.path === path ? answer.trouble : undefined,
  }
}

/** The oldest goes when there are too many. */
function remember(remembered: Map<string, unknown>, path: string, value: unknown): void {
  remembered.delete(path)
  remembered.set(path, value)
  const [oldest] = remembered.keys()
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
}
