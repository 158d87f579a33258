import type { LiveClient } from '@headcount/live-client'
import { ManualClock } from '@headcount/live-client/testing'
import type { ReactNode } from 'react'
import { UnknownDocuments } from '../src/graph/unknown-documents.ts'
import { MeasuredClock } from '../src/live/measured-clock.ts'
import { PartsContext } from '../src/page/parts.ts'
import type { SessionKeeper } from '../src/session/session-keeper.ts'

/** What is shown at a moment, for parts of the page that ask the platform nothing. */
export function partsAt(now: number, children: ReactNode): ReactNode {
  const clock = new ManualClock(now)
  const parts = {
    clock,
    measuredClock: new MeasuredClock(clock.now),
    ask: () => Promise.reject(new Error('Nothing is asked here.')),
    credentials: { accessToken: async () => undefined, refused: () => {} },
    session: undefined as unknown as SessionKeeper,
    live: undefined as unknown as LiveClient,
    unknown: new UnknownDocuments(),
  }
  return <PartsContext.Provider value={parts}>{children}</PartsContext.Provider>
}
