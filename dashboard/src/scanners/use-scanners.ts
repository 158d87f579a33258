import type { ResultOf } from '@graphql-typed-document-node/core'
import { useState } from 'react'
import { ScannersDocument } from '../generated/graphql.ts'
import { FORBIDDEN, hasCode } from '../graph/answer.ts'
import { useParts } from '../page/parts.ts'
import { usePoll } from '../page/use-poll.ts'

/** A scanner as who looks after them sees it. */
export type ListedScanner = NonNullable<ResultOf<typeof ScannersDocument>['devices']>[number]

export interface Scanners {
  /** Undefined until the first answer. */
  scanners: readonly ListedScanner[] | undefined
  /** The viewer's role may not see them. */
  isRefused: boolean
  /** Asks again now. */
  again: () => void
}

const POLL_MS = 10_000

/** An event's scanners, asked for again now and then. */
export function useScanners(eventId: string): Scanners {
  const { ask } = useParts()
  const [scanners, setScanners] = useState<readonly ListedScanner[]>()
  const [isRefused, setRefused] = useState(false)
  const [round, setRound] = useState(0)
  usePoll(`${eventId} ${round} ${isRefused}`, POLL_MS, async (signal) => {
    if (isRefused) return
    const { data, problems } = await ask(ScannersDocument, { eventId })
    if (signal.aborted) return
    if (data?.devices) setScanners(data.devices)
    if (hasCode(problems, FORBIDDEN)) setRefused(true)
  })
  return { scanners, isRefused, again: () => setRound((count) => count + 1) }
}
