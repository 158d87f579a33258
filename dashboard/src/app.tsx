import { type ReactNode, useEffect } from 'react'
import { EventPage } from './event/event-page.tsx'
import { chooseEvent } from './events/choose-event.ts'
import { EventMenu } from './events/event-menu.tsx'
import { useEvents } from './events/use-events.ts'
import { LazyGraphPages } from './page/lazy-graph-pages.tsx'
import { Link } from './page/link.tsx'
import { Message } from './page/message.tsx'
import { useParts } from './page/parts.ts'
import { GRAPH_PATH, isGraphPath, pathOf, slugOf } from './page/route.ts'
import { ThemeToggle } from './page/theme-toggle.tsx'
import { goTo, usePath } from './page/use-path.ts'
import { mayReadRegistry, type Session } from './session/session.ts'
import { useSession } from './session/use-session.ts'
import { SignInPage } from './sign-in/sign-in-page.tsx'

export function App() {
  const state = useSession()
  if (state.phase === 'starting') return null // a moment, until the other tabs have answered
  if (state.phase === 'signedOut') return <SignInPage because={state.because} />
  return <SignedIn session={state.session} />
}

function SignedIn({ session }: { session: Session }) {
  const { events, problem, isRefused } = useEvents()
  const path = usePath()
  const slug = slugOf(path)
  const chosen = events && chooseEvent(events)?.slug
  // Who looks after the platform and after no event has the graph for a home.
  const home = chosen ? pathOf(chosen) : isRefused && mayReadRegistry(session) ? GRAPH_PATH : undefined
  const isHome = path === '/'
  useEffect(() => {
    if (isHome && home) goTo(home, { replace: true })
  }, [isHome, home])

  return (
    <>
      <Header session={session} path={path}>
        {events && <EventMenu events={events} slug={slug} />}
      </Header>
      {isGraphPath(path) ? (
        <LazyGraphPages />
      ) : slug ? (
        <EventPage key={slug} slug={slug} />
      ) : (
        <NoEvent path={path} isLoaded={!!events} problem={problem} />
      )}
    </>
  )
}

function NoEvent(props: { path: string; isLoaded: boolean; problem: string | undefined }) {
  const { path, isLoaded, problem } = props
  if (path !== '/') return <Message title="There is no such page">Choose an event above.</Message>
  if (isLoaded)
    return <Message title="No events yet">Your organization has no events that you may see.</Message>
  return (
    <Message title={problem ? 'The events cannot be loaded' : 'Loading…'}>
      {problem && `${problem} This page keeps trying.`}
    </Message>
  )
}

function Header({ session, path, children }: { session: Session; path: string; children: ReactNode }) {
  const { session: keeper } = useParts()
  return (
    <header className="top">
      <a className="brand" href="/">
        Headcount
      </a>
      {children}
      {mayReadRegistry(session) && (
        <Link
          to={GRAPH_PATH}
          className="top-link"
          data-testid="graph-link"
          aria-current={isGraphPath(path) || undefined}
        >
          Graph
        </Link>
      )}
      <div className="top-end">
        <span className="account" title={session.email}>
          {session.email}
        </span>
        <ThemeToggle />
        <button
          type="button"
          className="button button-plain"
          data-testid="sign-out"
          onClick={() => void keeper.signOut()}
        >
          Sign out
        </button>
      </div>
    </header>
  )
}
