import { useState } from 'react'
import { EventAtAddressDocument, type EventAtAddressQuery } from '../generated/graphql.ts'
import { hasCode, type Problem, UNREACHABLE } from '../graph/answer.ts'
import { useParts } from '../page/parts.ts'
import { pathOf } from '../page/route.ts'
import { goTo } from '../page/use-path.ts'
import { usePoll } from '../page/use-poll.ts'
import { type AddressedEvent, readAddress } from './edition.ts'

/** An event with the facts that change seldom; its counts come live. */
export type EventFacts = NonNullable<EventAtAddressQuery['atAddress']>

export interface EventAtAddress {
  phase: 'loading' | 'unreachable' | 'missing' | 'ready'
  event?: EventFacts
  /** Fields of the event that were kept back or could not be had. */
  problems: readonly Problem[]
  /** The edition that was shown here before this one took the address. */
  previous?: AddressedEvent
}

const POLL_MS = 15_000
const FIRST_POLL_MS = 3000

/** The event that holds an address, kept up to date: follows the address to a new edition. */
export function useEventAtAddress(slug: string): EventAtAddress {
  const { ask } = useParts()
  const [state, setState] = useState<EventAtAddress>({ phase: 'loading', problems: [] })
  const intervalMs = state.event ? POLL_MS : FIRST_POLL_MS

  usePoll(slug, intervalMs, async (signal) => {
    const shownId = state.event?.id
    const variables = { slug, shownId: shownId ?? '', hasShown: shownId !== undefined }
    const { data, problems } = await ask(EventAtAddressDocument, variables)
    if (signal.aborted) return
    if (!data || (!data.atAddress && problems.length > 0)) {
      if (!shownId) setState({ phase: hasCode(problems, UNREACHABLE) ? 'unreachable' : 'missing', problems })
      return
    }
    const news = readAddress(shownId, data.shown, data.atAddress)
    if (news.kind === 'moved') goTo(pathOf(news.to.slug), { replace: true })
    else if (news.kind === 'gone') setState({ phase: 'missing', problems })
    else {
      setState((before) => {
        const previous = news.kind === 'taken' ? news.previous : before.previous
        return { phase: 'ready', event: news.by, problems, ...(previous && { previous }) }
      })
    }
  })
  return state
}
