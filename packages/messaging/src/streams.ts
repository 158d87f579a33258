import { intersectPatterns, isSubject, matchesSubject } from './subjects.ts'

/** The subjects that one service publishes, kept together by the queue. */
export interface Stream {
  /** The name in the queue. */
  name: string
  /** The one service that publishes here. */
  service: string
  /** Patterns; no two streams share a subject. */
  subjects: readonly string[]
}

/** Every stream of the platform. Whoever starts first creates them all, so no start order is needed. */
export const streams: readonly Stream[] = [
  {
    name: 'AUTH',
    service: 'auth',
    subjects: ['org.*.event.*.device.>', 'org.*.organization.>', 'org.*.user.>'],
  },
  {
    name: 'EVENTS',
    service: 'events',
    subjects: ['org.*.event.*.event.>', 'org.*.event.*.zone.>', 'org.*.event.*.ticket-type.>'],
  },
  {
    name: 'PARTICIPANTS',
    service: 'participants',
    subjects: ['org.*.event.*.ticket.>', 'org.*.event.*.registration.>', 'org.*.ticket-key.>'],
  },
  {
    name: 'GATES',
    service: 'gates',
    subjects: ['org.*.event.*.scan.>', 'org.*.event.*.gate.>', 'org.*.event.*.presence.>'],
  },
  { name: 'ANALYTICS', service: 'analytics', subjects: ['org.*.event.*.alert.>', 'org.*.event.*.report.>'] },
]

/** The stream that takes a service's message. Throws a TypeError where the subject is not the service's own. */
export function streamFor(service: string, subject: string): Stream {
  const stream = streams.find((candidate) => candidate.service === service)
  if (!stream) throw new TypeError(`"${service}" publishes no stream; these do: ${serviceNames()}.`)
  if (!isSubject(subject) || !stream.subjects.some((pattern) => matchesSubject(pattern, subject))) {
    throw new TypeError(`"${subject}" is no subject of ${service}; it takes ${stream.subjects.join(', ')}.`)
  }
  return stream
}

/** The parts of the patterns that each stream has. Throws a TypeError for a pattern that none has. */
export function streamsOf(patterns: readonly string[]): { stream: Stream; subjects: string[] }[] {
  for (const pattern of patterns) {
    const isKnown = streams.some((stream) => narrow(stream, [pattern]).length > 0)
    if (!isKnown) throw new TypeError(`No stream has the subjects "${pattern}".`)
  }
  return streams
    .map((stream) => ({ stream, subjects: narrow(stream, patterns) }))
    .filter(({ subjects }) => subjects.length > 0)
}

function narrow(stream: Stream, patterns: readonly string[]): string[] {
  const parts = stream.subjects.flatMap((own) =>
    patterns.map((pattern) => intersectPatterns(own, pattern)).filter((part) => part !== undefined),
  )
  const distinct = [...new Set(parts)]
  // The server refuses a consumer whose filters overlap: keep the widest of each.
  return distinct.filter(
    (part) => !distinct.some((wider) => wider !== part && intersectPatterns(wider, part) === part),
  )
}

function serviceNames(): string {
  return streams.map((stream) => stream.service).join(', ')
}
