import { pathOf } from '../page/route.ts'
import { goTo } from '../page/use-path.ts'
import { eventTimes } from '../words/times.ts'
import { groupEvents, type ListedEvent } from './choose-event.ts'

/** A plain select: every keyboard, phone and screen reader knows it. */
export function EventMenu({ events, slug }: { events: readonly ListedEvent[]; slug: string | undefined }) {
  const isListed = events.some((event) => event.slug === slug)
  return (
    <label className="event-menu">
      <span className="visually-hidden">Event</span>
      <select
        data-testid="event-menu"
        value={isListed ? slug : ''}
        onChange={({ target }) => goTo(pathOf(target.value))}
      >
        {!isListed && (
          <option value="" disabled>
            Choose an event
          </option>
        )}
        {groupEvents(events).map((group) => (
          <optgroup key={group.group} label={group.group}>
            {group.events.map((event) => (
              <option key={event.id} value={event.slug}>
                {event.name} · {eventTimes(event.timeZone).day(Date.parse(event.startsAt))}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
