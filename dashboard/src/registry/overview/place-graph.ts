import type { SharedTypes } from './shared-types.ts'

export interface Point {
  x: number
  y: number
}

/** Where everything of the drawing stands, in its own units. */
export interface PlacedGraph {
  width: number
  height: number
  nodes: readonly (Point & { name: string })[]
  edges: readonly { from: Point; to: Point; label: Point; shared: SharedTypes }[]
}

export const NODE = { width: 136, height: 52 }

const MARGIN = 20
/** Room that a node needs on the ring. */
const NODE_PACE = 170
/** Labels are circles of some 14 units. */
const LABEL_PACE = 34
/** Where on its line a label may stand, the middle first. */
const LABEL_PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.28, 0.72, 0.22, 0.78]

/** Subgraphs on a flat ring, beginning at the top; a line between two that share types. */
export function placeGraph(names: readonly string[], shared: readonly SharedTypes[]): PlacedGraph {
  const ring = ringOf(names.length)
  const width = 2 * ring.x + NODE.width + 2 * MARGIN
  const height = 2 * ring.y + NODE.height + 2 * MARGIN
  const nodes = names.map((name, index) => {
    const angle = (index / names.length) * 2 * Math.PI - (names.length === 2 ? Math.PI : Math.PI / 2)
    return { name, x: width / 2 + ring.x * Math.cos(angle), y: height / 2 + ring.y * Math.sin(angle) }
  })
  const taken: Point[] = []
  const edges = shared.flatMap((one) => {
    const [from, to] = one.subgraphs.map((name) => nodes.find((node) => node.name === name))
    if (!from || !to) return []
    const label = freePlace(from, to, taken)
    taken.push(label)
    return [{ from: pointOf(from), to: pointOf(to), label, shared: one }]
  })
  return { width, height, nodes, edges }
}

/** Half of the ring's width and height. */
function ringOf(count: number): Point {
  if (count < 2) return { x: 0, y: 0 }
  if (count === 2) return { x: 180, y: 0 }
  const x = Math.max(250, (count * NODE_PACE) / (2 * Math.PI))
  return { x, y: Math.max(140, x * 0.56) }
}

/** The first place with room around it, else the one with the most. */
function freePlace(from: Point, to: Point, taken: readonly Point[]): Point {
  const places = LABEL_PLACES.map((share) => between(from, to, share))
  const room = places.map((place) => Math.min(LABEL_PACE, ...taken.map((other) => distance(place, other))))
  return places[room.indexOf(Math.max(...room))] ?? between(from, to, 0.5)
}

const pointOf = ({ x, y }: Point): Point => ({ x, y })

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
