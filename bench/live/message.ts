/** The tenant whose events these are. */
export const organization = 'bench'

/** The id of an event by its number. */
export const eventId = (number: number | string) => `event-${number}`

/** Where its changes are published. */
export const channelOf = (id: string) => `org:${organization}:event:${id}:occupancy`

/** Microseconds of the monotonic clock, which all processes of a machine share. */
export const nowMicros = () => Number(process.hrtime.bigint() / 1000n)

/** A state of an event: about 600 bytes, as the platform's own messages. */
export interface Occupancy {
  readonly event: { readonly id: string; readonly name: string }
  readonly seq: number
  readonly asOf: string
  readonly publishedAt: number
  readonly admitted: number
  readonly inside: number
  readonly zones: readonly { readonly id: string; readonly name: string; readonly inside: number }[]
  readonly gates: readonly { readonly id: string; readonly entries: number }[]
}

const ZONES = ['Main hall', 'Terrace', 'Backstage']
const GATES = 8
/** Counts begin here, so that messages are of one length. */
const FIRST_COUNT = 10_000

/** The state of an event after so many changes. */
export function occupancyOf(id: string, seq: number, publishedAt: number): Occupancy {
  const inside = FIRST_COUNT + seq
  return {
    event: { id, name: 'Opening night' },
    seq,
    asOf: new Date().toISOString(),
    publishedAt,
    admitted: inside + FIRST_COUNT,
    inside,
    zones: ZONES.map((name, index) => ({ id: `zone-${index}`, name, inside: inside + index })),
    gates: Array.from({ length: GATES }, (_, index) => ({ id: `gate-${index}`, entries: inside + index })),
  }
}

/** What is published: the state in the envelope of topics. */
export function messageOf({ seq, asOf, ...data }: Occupancy): string {
  return JSON.stringify({ seq, asOf, data })
}
