import { isSession, type Session } from './session.ts'

/** What tabs of one browser tell one another. */
type TabMessage = { kind: 'ask' } | { kind: 'have'; session: Session } | { kind: 'left'; family: string }

export interface TabListener {
  onSession: (session: Session) => void
  onLeft: (family: string) => void
  /** What to answer to a tab that asks. */
  held: () => Session | undefined
}

/** The other tabs of this browser. */
export interface Tabs {
  listen: (listener: TabListener) => void
  ask: () => void
  tell: (session: Session) => void
  tellLeft: (family: string) => void
  /** Runs one task at a time over all tabs, where the browser has locks (secure contexts do). */
  oneAtATime: <T>(task: () => Promise<T>) => Promise<T>
}

export function openTabs(name: string): Tabs {
  const channel = new BroadcastChannel(name)
  const post = (message: TabMessage) => channel.postMessage(message)
  return {
    listen({ onSession, onLeft, held }) {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        const message = readMessage(data)
        if (message?.kind === 'have') onSession(message.session)
        if (message?.kind === 'left') onLeft(message.family)
        const session = held()
        if (message?.kind === 'ask' && session) post({ kind: 'have', session })
      })
    },
    ask: () => post({ kind: 'ask' }),
    tell: (session) => post({ kind: 'have', session }),
    tellLeft: (family) => post({ kind: 'left', family }),
    oneAtATime: (task) => withLock(name, task),
  }
}

/** Longest wait for another tab, which may be frozen while it holds the lock. */
const LOCK_WAIT_MS = 2000

/**
 * Runs the task without the lock where there are none (plain http) or where it does not come: two tabs that then
 * refresh with the same token are given the same successor by the platform.
 */
async function withLock<T>(name: string, task: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return task()
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), LOCK_WAIT_MS)
  let hasRun = false
  const run = () => {
    hasRun = true
    clearTimeout(timer)
    return task()
  }
  try {
    return await navigator.locks.request(name, { signal: patience.signal }, run)
  } catch (error) {
    if (hasRun) throw error
    return task()
  }
}

/** A page of another version may be talking: only what is understood is taken. */
function readMessage(value: unknown): TabMessage | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  if (value.kind === 'ask') return { kind: 'ask' }
  if (value.kind === 'have' && 'session' in value && isSession(value.session)) {
    return { kind: 'have', session: value.session }
  }
  if (value.kind === 'left' && 'family' in value && typeof value.family === 'string') {
    return { kind: 'left', family: value.family }
  }
  return undefined
}
