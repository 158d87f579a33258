import type { LiveClient, LiveSink, LiveState } from '@headcount/live-client'
import { OccupancyChangedDocument, type OccupancyChangedSubscription } from '../generated/graphql.ts'
import { trustedDocument } from '../graph/trusted-document.ts'
import { UNKNOWN_DOCUMENT, type UnknownDocuments } from '../graph/unknown-documents.ts'

/** Subscribes to an event's counts; the function that is returned ends it. */
export type SubscribeOccupancy = (eventId: string, sink: LiveSink<OccupancyChangedSubscription>) => () => void

/** Faster than this nobody reads. */
const MIN_INTERVAL_MS = 500

export function createSubscribeOccupancy(client: LiveClient, unknown: UnknownDocuments): SubscribeOccupancy {
  const { documentId } = trustedDocument(OccupancyChangedDocument)
  const note = (state: LiveState) => {
    if (state.phase === 'live') unknown.note(documentId, true)
    if (state.phase === 'lost' && state.error?.code === UNKNOWN_DOCUMENT) unknown.note(documentId, false)
  }
  return (eventId, sink) =>
    client.subscribe<OccupancyChangedSubscription>(
      {
        documentId,
        variables: { eventId, minIntervalMs: MIN_INTERVAL_MS },
        // A platform that knows nothing of `extensions.resume` still knows `afterSeq`.
        ownPosition: {
          of: ({ occupancyChanged }) => occupancyChanged?.seq.toString(),
          variables: (position) => ({ afterSeq: Number(position) }),
        },
        isEndless: true,
      },
      {
        next: (result, delivery) => sink.next(result, delivery),
        state: (state) => {
          note(state)
          sink.state?.(state)
        },
        error: (error) => sink.error(error),
        complete: () => sink.complete(),
      },
    )
}
