import { expect, test } from 'vitest'
import { intersectPatterns, isSubject, matchesSubject } from './subjects.ts'

test.for([
  ['org.*.event.*.ticket.>', 'org.o.event.e.ticket.changed', true],
  ['org.*.event.*.ticket.>', 'org.o.event.e.ticket', false],
  ['org.*.event.*.ticket.>', 'org.o.event.e.ticket-type.changed', false],
  ['org.*.user.>', 'org.o.event.e.user.changed', false],
  ['org.o.event.e.zone.changed', 'org.o.event.e.zone.changed', true],
  ['org.*', 'org.o.event', false],
  ['>', 'org', true],
] as const)('%s takes %s: %s', ([pattern, subject, isMatch]) => {
  expect(matchesSubject(pattern, subject)).toBe(isMatch)
})

test.for([
  ['org.*.event.>', 'org.o.*.*.zone.>', 'org.o.event.*.zone.>'],
  ['org.*.event.*.ticket.>', 'org.>', 'org.*.event.*.ticket.>'],
  ['org.*.a', 'org.*.b', undefined],
  ['a.>', 'a', undefined],
] as const)('%s and %s share %s', ([one, other, both]) => {
  expect(intersectPatterns(one, other)).toBe(both)
  expect(intersectPatterns(other, one)).toBe(both)
})

test.for(['', 'org.', '.org', 'org..event', 'org.*', 'org.>', 'org. event', `org.${'x'.repeat(600)}`])(
  '"%s" cannot be published',
  (subject) => {
    expect(isSubject(subject)).toBe(false)
  },
)
