import type { GraphDescription } from '@headcount/registry-api'
import { Link } from '../../page/link.tsx'
import { formatCount } from '../../words/numbers.ts'
import { pathOfGraph } from '../graph-route.ts'
import { Coordinate } from '../parts/coordinate.tsx'
import type { SharedTypes } from './shared-types.ts'

/** Where the drawing leads for a pair of subgraphs. */
export function pairId({ subgraphs }: SharedTypes): string {
  return `shared-${subgraphs.join('-')}`
}

/** Where the drawing leads for a subgraph. */
export function subgraphId(name: string): string {
  return `subgraph-${name}`
}

export function SubgraphTable({ graph }: { graph: GraphDescription }) {
  return (
    <div className="table-scroll-x">
      <table>
        <caption>Subgraphs</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="number">
              Types
            </th>
            <th scope="col" className="number">
              Fields
            </th>
            <th scope="col">Address</th>
          </tr>
        </thead>
        <tbody>
          {graph.subgraphs.map(({ name, url, types, fields }) => (
            <tr key={name} id={subgraphId(name)}>
              <th scope="row">
                <Link to={`${pathOfGraph({ page: 'schema' })}#owner=${name}`}>{name}</Link>
              </th>
              <td className="number">{formatCount(types)}</td>
              <td className="number">{formatCount(fields)}</td>
              <td className="code">{url || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The text alternative of the drawing's lines. */
export function SharedTable({ shared }: { shared: readonly SharedTypes[] }) {
  if (shared.length === 0) return <p className="quiet">No subgraph shares an entity with another.</p>
  return (
    <div className="table-scroll-x">
      <table>
        <caption>Entities that two subgraphs share, with their keys</caption>
        <thead>
          <tr>
            <th scope="col">Subgraphs</th>
            <th scope="col">Entities</th>
          </tr>
        </thead>
        <tbody>
          {shared.map((pair) => (
            <tr key={pairId(pair)} id={pairId(pair)}>
              <th scope="row">{pair.subgraphs.join(' and ')}</th>
              <td>
                <ul className="plain-list inline-list">
                  {pair.types.map(({ name, keys }) => (
                    <li key={name}>
                      <Coordinate of={name} /> <span className="quiet code">{keys.join(' · ')}</span>
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
