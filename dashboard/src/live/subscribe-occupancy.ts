import type { LiveClient, LiveSink } from '@headcount/live-client'
import { stringifyDocument } from '@urql/core'
import { OccupancyChangedDocument, type OccupancyChangedSubscription } from '../generated/graphql.ts'

/** Subscribes to an event's counts; the function that is returned ends it. */
export type SubscribeOccupancy = (eventId: string, sink: LiveSink<OccupancyChangedSubscription>) => () => void

/** Faster than this nobody reads. */
const MIN_INTERVAL_MS = 500

export function createSubscribeOccupancy(client: LiveClient): SubscribeOccupancy {
  return (eventId, sink) =>
    client.subscribe(
      {
        query: stringifyDocument(OccupancyChangedDocument),
        operationName: 'OccupancyChanged',
        variables: { eventId, minIntervalMs: MIN_INTERVAL_MS },
        // A platform that knows nothing of `extensions.resume` still knows `afterSeq`.
        ownPosition: {
          of: ({ occupancyChanged }) => occupancyChanged?.seq.toString(),
          variables: (position) => ({ afterSeq: Number(position) }),
        },
        isEndless: true,
      },
      sink,
    )
}
