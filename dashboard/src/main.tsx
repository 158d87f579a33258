import { wallClock } from '@headcount/live-client'
import { createWebSocketClient } from '@headcount/live-client/graphql-ws'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createAsk } from './graph/ask.ts'
import { createSend } from './graph/send.ts'
import { UnknownDocuments } from './graph/unknown-documents.ts'
import { MeasuredClock } from './live/measured-clock.ts'
import { DASHBOARD } from './page/apps.ts'
import { ErrorBoundary } from './page/error-boundary.tsx'
import { type PageParts, PartsContext } from './page/parts.ts'
import { isScanPath } from './page/route.ts'
import { applyTheme, readTheme } from './page/theme.ts'
import { VersionNotice } from './page/version-notice.tsx'
import { SessionKeeper } from './session/session-keeper.ts'
import { openTabs } from './session/tabs.ts'
import './style/tokens.css'
import './style/page.css'
import './style/event.css'
import './style/scanners.css'

const GRAPH_PATH = '/graphql'

function build(unknown: UnknownDocuments): PageParts {
  const clock = wallClock
  const measuredClock = new MeasuredClock(clock.now)
  const send = createSend({
    url: GRAPH_PATH,
    fetch: (...request) => fetch(...request),
    now: clock.now,
    onClock: measuredClock.onAnswer,
    client: DASHBOARD,
    unknown,
  })
  const session = new SessionKeeper({
    send,
    clock,
    storage: sessionStorage,
    tabs: openTabs('headcount.session'),
    random: Math.random,
    newFamily: () => crypto.getRandomValues(new Uint32Array(4)).join('-'),
  })
  const credentials = {
    accessToken: () => session.accessToken(),
    refused: (accessToken: string) => session.refused(accessToken),
  }
  const url = new URL(GRAPH_PATH, window.location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const live = createWebSocketClient({
    url: url.href,
    clock,
    connectionParams: { client: DASHBOARD },
    accessToken: (refused) => {
      if (refused !== undefined) session.refused(refused)
      return session.accessToken()
    },
  })
  // The platform ends a subscription with its token, unless the next one is brought in time.
  session.subscribe(() => {
    const state = session.state()
    if (state.phase === 'signedIn') live.renew(state.session.accessToken)
  })
  return {
    session,
    ask: createAsk(send, credentials),
    credentials,
    live,
    measuredClock,
    clock,
    unknown,
  }
}

function openDashboard(unknown: UnknownDocuments): ReactNode {
  const parts = build(unknown)
  parts.session.start()
  return (
    <PartsContext.Provider value={parts}>
      <App />
    </PartsContext.Provider>
  )
}

/** In a chunk of its own: who looks at the dashboard does not load the scanner. */
async function openScan(unknown: UnknownDocuments): Promise<ReactNode> {
  const { openScanner } = await import('./scan/open-scanner.tsx')
  return openScanner(GRAPH_PATH, unknown)
}

applyTheme(readTheme(localStorage), document.documentElement, localStorage)
const unknown = new UnknownDocuments()
const page = isScanPath(window.location.pathname) ? await openScan(unknown) : openDashboard(unknown)
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <VersionNotice unknown={unknown} />
    <ErrorBoundary>{page}</ErrorBoundary>
  </StrictMode>,
)
