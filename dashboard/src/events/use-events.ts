import { useState } from 'react'
import { EventsDocument } from '../generated/graphql.ts'
import { FORBIDDEN, hasCode } from '../graph/answer.ts'
import { useParts } from '../page/parts.ts'
import { usePoll } from '../page/use-poll.ts'
import type { ListedEvent } from './choose-event.ts'

export interface EventList {
  /** Undefined until the first answer. */
  events: readonly ListedEvent[] | undefined
  /** Why there is no list. */
  problem: string | undefined
  /** The viewer's roles show no events. */
  isRefused: boolean
}

const NOTHING_YET: EventList = { events: undefined, problem: undefined, isRefused: false }
const POLL_MS = 30_000
const FIRST_POLL_MS = 3000

/** The events of the viewer's organization, asked for again now and then. */
export function useEvents(): EventList {
  const { ask } = useParts()
  const [list, setList] = useState<EventList>(NOTHING_YET)
  usePoll('events', list.events ? POLL_MS : FIRST_POLL_MS, async (signal) => {
    const { data, problems } = await ask(EventsDocument, {})
    if (signal.aborted) return
    const events = data?.events?.edges.map(({ node }) => node)
    // A list that was had once stays: a short failure must not take the page away.
    setList((before) => ({
      events: events ?? before.events,
      problem: problems[0]?.message,
      isRefused: hasCode(problems, FORBIDDEN),
    }))
  })
  return list
}
