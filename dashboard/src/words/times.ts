const LOCALE = 'en-GB'

/** Times of an event are read by the clocks that hang at the event. */
export interface EventTimes {
  /** The zone that is used. */
  timeZone: string
  /** `18:30`. */
  minute: (at: number) => string
  /** `18:30:05`. */
  second: (at: number) => string
  /** `Sun 22 Nov`. */
  day: (at: number) => string
  /** `Sun 22 Nov, 18:30`. */
  dayAndMinute: (at: number) => string
  /** `CET`, as it is at that moment. */
  zoneName: (at: number) => string
}

/** Times in an IANA time zone; an unknown one reads as UTC, which `zoneName` then says. */
export function eventTimes(timeZone: string): EventTimes {
  const zone = isKnown(timeZone) ? timeZone : 'UTC'
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(LOCALE, { timeZone: zone, ...options })
    return (at: number) => formatter.format(at)
  }
  const minute = format({ hour: '2-digit', minute: '2-digit' })
  const day = format({ weekday: 'short', day: 'numeric', month: 'short' })
  const named = new Intl.DateTimeFormat(LOCALE, { timeZone: zone, timeZoneName: 'short' })
  return {
    timeZone: zone,
    minute,
    second: format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    day,
    dayAndMinute: (at) => `${day(at)}, ${minute(at)}`,
    zoneName: (at) => named.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? zone,
  }
}

function isKnown(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone })
    return true
  } catch {
    return false
  }
}

/** How long ago, for people: `0 s`, `14 s`, `3 min`, `2 h`. */
export function formatAge(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
}
