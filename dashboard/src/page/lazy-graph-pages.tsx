import { lazy, Suspense } from 'react'
import { Message } from './message.tsx'

/** In a chunk of their own: who looks at counts does not load them. */
const GraphPages = lazy(() =>
  import('../registry/graph-pages.tsx').then(
    ({ GraphPages }) => ({ default: GraphPages }),
    () => ({ default: NotLoaded }),
  ),
)

export function LazyGraphPages() {
  return (
    <Suspense fallback={<Message title="Loading…" />}>
      <GraphPages />
    </Suspense>
  )
}

/** The network is away, or the platform has a newer build, whose files have other names. */
function NotLoaded() {
  return (
    <Message title="These pages could not be loaded">
      Check the network, then load this page again: the platform may have been brought up to date.
    </Message>
  )
}
