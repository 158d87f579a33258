const MAXIMUM_ZONES = 500

interface Formats {
  readonly day: Intl.DateTimeFormat
  readonly time: Intl.DateTimeFormat
}
const known = new Map<string, Formats>()

function formatsOf(timeZone: string): Formats {
  let formats = known.get(timeZone)
  if (!formats) {
    if (known.size >= MAXIMUM_ZONES) known.clear()
    formats = {
      day: new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
      time: new Intl.DateTimeFormat('en-GB', {
        timeZone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }),
    }
    known.set(timeZone, formats)
  }
  return formats
}

/** The calendar day of a moment in a time zone, `2026-11-22`. Clock changes are the zone's own. */
export function dayOf(at: Date, timeZone: string): string {
  return formatsOf(timeZone).day.format(at)
}

/** The calendar day before `2026-11-22`. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

/** The minute of the day of a moment in a time zone, 0 to 1,439, as clocks show it there. */
export function minuteOf(at: Date, timeZone: string): number {
  return minutesIn(formatsOf(timeZone).time.format(at))
}

/** The minute of the day that `18:30` names. */
export function minutesIn(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
