import { Link } from '../../page/link.tsx'
import { pathOfCoordinate } from '../graph-route.ts'

/** Schema coordinates, one beside the other. */
export function Coordinates({ of }: { of: readonly string[] }) {
  return (
    <ul className="plain-list inline-list">
      {of.map((coordinate) => (
        <li key={coordinate}>
          <Coordinate of={coordinate} />
        </li>
      ))}
    </ul>
  )
}

/** A schema coordinate that leads to its description. */
export function Coordinate({ of }: { of: string }) {
  return (
    <Link to={pathOfCoordinate(of)} className="coordinate">
      {of}
    </Link>
  )
}
