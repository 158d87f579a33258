import { expect, test } from 'vitest'
import { streamFor, streams, streamsOf } from './streams.ts'
import { intersectPatterns } from './subjects.ts'

test('no two streams share a subject, which the server would refuse', () => {
  const patterns = streams.flatMap(({ name, subjects }) => subjects.map((subject) => ({ name, subject })))
  const shared = patterns.flatMap((one, index) =>
    patterns.slice(index + 1).filter((other) => intersectPatterns(one.subject, other.subject) !== undefined),
  )
  expect(shared).toEqual([])
})

test.for([
  ['auth', 'org.o.event.e.device.changed', 'AUTH'],
  ['auth', 'org.o.user.changed', 'AUTH'],
  ['events', 'org.o.event.e.ticket-type.changed', 'EVENTS'],
  ['participants', 'org.o.event.e.registration.counted', 'PARTICIPANTS'],
  ['participants', 'org.o.ticket-key.changed', 'PARTICIPANTS'],
  ['gates', 'org.o.event.e.scan.recorded', 'GATES'],
  ['gates', 'org.o.event.e.presence.reset', 'GATES'],
  ['analytics', 'org.o.event.e.alert.raised', 'ANALYTICS'],
] as const)('%s publishes %s to %s', ([service, subject, stream]) => {
  expect(streamFor(service, subject).name).toBe(stream)
})

test('a subscription is narrowed to what each stream has, without overlap', () => {
  const parts = streamsOf([
    'org.*.event.*.event.>',
    'org.*.event.e1.event.changed',
    'org.*.event.*.device.changed',
  ])
  expect(parts.map(({ stream, subjects }) => [stream.name, subjects])).toEqual([
    ['AUTH', ['org.*.event.*.device.changed']],
    ['EVENTS', ['org.*.event.*.event.>']],
  ])
})
