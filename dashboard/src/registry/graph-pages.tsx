import { useEffect, useState } from 'react'
import { Link } from '../page/link.tsx'
import { Message } from '../page/message.tsx'
import { useParts } from '../page/parts.ts'
import { usePath } from '../page/use-path.ts'
import { CheckPage } from './checks/check-page.tsx'
import { ChecksPage } from './checks/checks-page.tsx'
import { type GraphPlace, graphPlaceOf, pathOfGraph } from './graph-route.ts'
import { ClientsPage } from './operations/clients-page.tsx'
import { OperationPage } from './operations/operation-page.tsx'
import { OperationsPage } from './operations/operations-page.tsx'
import { OverviewPage } from './overview/overview-page.tsx'
import { createReadRegistry } from './read-registry.ts'
import { ExplorerPage } from './schema/explorer-page.tsx'
import { TypePage } from './schema/type-page.tsx'
import { RegistryContext, type RegistryPages } from './use-registry.ts'
import { VersionPage } from './versions/version-page.tsx'
import { VersionsPage } from './versions/versions-page.tsx'
import '../style/graph.css'

const PAGES = [
  { page: 'overview', text: 'Overview' },
  { page: 'schema', text: 'Schema' },
  { page: 'versions', text: 'Versions' },
  { page: 'checks', text: 'Checks' },
  { page: 'operations', text: 'Operations' },
  { page: 'clients', text: 'Clients' },
] as const

/** Everything below `/graph`: what the registry knows. */
export function GraphPages() {
  const { credentials } = useParts()
  const [pages] = useState((): RegistryPages => {
    const read = createReadRegistry({
      base: '/registry',
      fetch: (...request) => fetch(...request),
      credentials,
    })
    return { read, remembered: new Map() }
  })
  const path = usePath()
  const place = graphPlaceOf(path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    if (window.location.hash === '') window.scrollTo(0, 0)
  }, [path])
  return (
    <RegistryContext.Provider value={pages}>
      <nav className="graph-nav" aria-label="Graph">
        {PAGES.map(({ page, text }) => (
          <Link key={page} to={pathOfGraph({ page })} aria-current={currentMark(place, page)}>
            {text}
          </Link>
        ))}
      </nav>
      {place ? (
        <PageAt place={place} />
      ) : (
        <Message title="There is no such page">Choose one of the pages above.</Message>
      )}
    </RegistryContext.Provider>
  )
}

/** `page` = this very page; `true` = one below it. */
function currentMark(place: GraphPlace | undefined, page: GraphPlace['page']): 'page' | true | undefined {
  if (place?.page !== page) return undefined
  return pathOfGraph(place) === pathOfGraph({ page }) ? 'page' : true
}

/** The keys make a page anew for each thing that it is about. */
function PageAt({ place }: { place: GraphPlace }) {
  switch (place.page) {
    case 'overview':
      return <OverviewPage />
    case 'schema':
      return place.type === undefined ? <ExplorerPage /> : <TypePage key={place.type} name={place.type} />
    case 'versions':
      return place.number === undefined ? (
        <VersionsPage />
      ) : (
        <VersionPage key={place.number} number={place.number} />
      )
    case 'checks':
      return place.id === undefined ? <ChecksPage /> : <CheckPage key={place.id} id={place.id} />
    case 'operations':
      return place.id === undefined ? <OperationsPage /> : <OperationPage key={place.id} id={place.id} />
    case 'clients':
      return <ClientsPage />
  }
}
