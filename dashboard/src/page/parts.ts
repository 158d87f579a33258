import type { Clock, LiveClient } from '@headcount/live-client'
import { createContext, useContext } from 'react'
import type { Ask, Credentials } from '../graph/ask.ts'
import type { UnknownDocuments } from '../graph/unknown-documents.ts'
import type { MeasuredClock } from '../live/measured-clock.ts'
import type { SessionKeeper } from '../session/session-keeper.ts'

/** What the page is made of, built once in main.tsx. */
export interface PageParts {
  session: SessionKeeper
  ask: Ask
  /** For what is not asked of the graph. */
  credentials: Credentials
  live: LiveClient
  measuredClock: MeasuredClock
  clock: Clock
  unknown: UnknownDocuments
}

export const PartsContext = createContext<PageParts | undefined>(undefined)

export function useParts(): PageParts {
  const parts = useContext(PartsContext)
  if (!parts) throw new Error('useParts() needs a PartsContext.Provider above it.')
  return parts
}
