import type { GraphDescription } from '@headcount/registry-api'
import { useState } from 'react'
import { Link } from '../../page/link.tsx'
import { pathOfCoordinate, pathOfGraph } from '../graph-route.ts'
import { GraphMain } from '../parts/graph-section.tsx'
import { WholePage } from '../parts/whole-page.tsx'
import { countOf } from '../parts/words.ts'
import { useRegistry } from '../use-registry.ts'
import { type FoundType, filterInHash, searchTypes } from './search-types.ts'
import { KIND_WORDS, TypeFilterForm } from './type-filter-form.tsx'
import { useUsageIndex } from './use-usage-index.ts'

/** `/graph/schema`: every type of the API, by name, kind, owner and use. */
export function ExplorerPage() {
  const graph = useRegistry<GraphDescription>('/graph', 60_000)
  return (
    <WholePage title="Schema" known={graph}>
      {(description) => (
        <GraphMain title="Schema">
          <Explorer graph={description} />
        </GraphMain>
      )}
    </WholePage>
  )
}

function Explorer({ graph }: { graph: GraphDescription }) {
  const usage = useUsageIndex()
  const [filter, setFilter] = useState(() => filterInHash(window.location.hash))
  const found = searchTypes(graph.types, filter, usage)
  const owners = graph.subgraphs.map(({ name }) => name)
  return (
    <section className="card">
      <TypeFilterForm filter={filter} onFilter={setFilter} owners={owners} isUsageKnown={usage.isKnown} />
      <p className="quiet" role="status">
        {found.length} of {countOf(graph.types.length, 'type')}
      </p>
      <div className="table-scroll-x">
        <table>
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Kind</th>
              <th scope="col">Owners</th>
              <th scope="col" className="number">
                Elements
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((one) => (
              <TypeRow key={one.type.name} found={one} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** A list of hundreds of members would hide the next type. */
const MOST_MEMBERS = 20

function TypeRow({ found: { type, members } }: { found: FoundType }) {
  const { name, kind, owners, fields, values } = type
  return (
    <tr data-testid={`type-${name}`}>
      <th scope="row">
        <Link to={pathOfGraph({ page: 'schema', type: name })} className="coordinate">
          {name}
        </Link>
        {members.length > 0 && (
          <ul className="plain-list inline-list">
            {members.slice(0, MOST_MEMBERS).map((member) => (
              <li key={member}>
                <Link to={pathOfCoordinate(`${name}.${member}`)} className="coordinate">
                  {member}
                </Link>
              </li>
            ))}
            {members.length > MOST_MEMBERS && (
              <li className="quiet">and {members.length - MOST_MEMBERS} more</li>
            )}
          </ul>
        )}
      </th>
      <td>{KIND_WORDS[kind]}</td>
      <td>{owners.join(', ')}</td>
      <td className="number">{fields.length + values.length || '–'}</td>
    </tr>
  )
}
