import { Message } from '../page/message.tsx'
import { EditionNotice } from './edition-notice.tsx'
import { EventView } from './event-view.tsx'
import { useEventAtAddress } from './use-event-at-address.ts'

/** What `/events/<slug>` shows; the component carries the slug as its key. */
export function EventPage({ slug }: { slug: string }) {
  const { phase, event, problems, previous } = useEventAtAddress(slug)
  if (phase === 'loading') return <Message title="Loading…" />
  if (phase === 'unreachable') {
    return <Message title="The platform cannot be reached">This page keeps trying.</Message>
  }
  if (phase === 'missing' || !event) {
    return <Message title="There is no such event">It may have another address now: choose it above.</Message>
  }
  return (
    <>
      {previous && <EditionNotice shown={event} previous={previous} />}
      <EventView key={event.id} event={event} problems={problems} />
    </>
  )
}
