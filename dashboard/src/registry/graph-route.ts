/** A place within the pages about the graph. */
export type GraphPlace =
  | { page: 'overview' }
  | { page: 'schema'; type?: string }
  | { page: 'versions'; number?: number }
  | { page: 'checks'; id?: string }
  | { page: 'operations'; id?: string }
  | { page: 'clients' }

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const ID = /^[\w:-]{1,128}$/
const NUMBER = /^[1-9]\d{0,8}$/

/** `/graph`, `/graph/schema/Event`, `/graph/versions/3`, …; undefined = there is no such page. */
export function graphPlaceOf(pathname: string): GraphPlace | undefined {
  const [graph, page, part, ...more] = pathname.split('/').filter(Boolean)
  if (graph !== 'graph' || more.length > 0) return undefined
  switch (page) {
    case undefined:
      return { page: 'overview' }
    case 'clients':
      return part === undefined ? { page } : undefined
    case 'schema':
      return part === undefined ? { page } : NAME.test(part) ? { page, type: part } : undefined
    case 'versions':
      return part === undefined ? { page } : NUMBER.test(part) ? { page, number: Number(part) } : undefined
    case 'checks':
    case 'operations':
      return part === undefined ? { page } : ID.test(part) ? { page, id: part } : undefined
    default:
      return undefined
  }
}

export function pathOfGraph(place: GraphPlace): string {
  if (place.page === 'overview') return '/graph'
  const part =
    'type' in place ? place.type : 'number' in place ? place.number : 'id' in place ? place.id : undefined
  return part === undefined ? `/graph/${place.page}` : `/graph/${place.page}/${part}`
}

/** Where a coordinate (`Event.slug`, `Query.events.first`) is described. */
export function pathOfCoordinate(coordinate: string): string {
  const [type = '', field] = coordinate.replace(/[@(].*$/, '').split('.')
  const path = pathOfGraph({ page: 'schema', type })
  return field ? `${path}#${field}` : path
}
