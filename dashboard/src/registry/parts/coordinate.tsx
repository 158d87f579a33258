import { Link } from '../../page/link.tsx'
import { pathOfCoordinate } from '../graph-route.ts'

/** A schema coordinate that leads to its description. */
export function Coordinate({ of }: { of: string }) {
  return (
    <Link to={pathOfCoordinate(of)} className="coordinate">
      {of}
    </Link>
  )
}
