import { useState } from 'react'
import { EventsDocument } from '../generated/graphql.ts'
import { useParts } from '../page/parts.ts'
import { usePoll } from '../page/use-poll.ts'
import type { ListedEvent } from './choose-event.ts'

export interface EventList {
  /** Undefined until the first answer. */
  events: readonly ListedEvent[] | undefined
  /** Why there is no list. */
  problem: string | undefined
}

const POLL_MS = 30_000
const FIRST_POLL_MS = 3000

/** The events of the viewer's organization, asked for again now and then. */
export function useEvents(): EventList {
  const { ask } = useParts()
  const [list, setList] = useState<EventList>({ events: undefined, problem: undefined })
  usePoll('events', list.events ? POLL_MS : FIRST_POLL_MS, async (signal) => {
    const { data, problems } = await ask(EventsDocument, {})
    if (signal.aborted) return
    const events = data?.events?.edges.map(({ node }) => node)
    // A list that was had once stays: a short failure must not take the page away.
    setList((before) => ({ events: events ?? before.events, problem: problems[0]?.message }))
  })
  return list
}
