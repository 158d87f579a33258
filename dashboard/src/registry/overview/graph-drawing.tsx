import type { GraphDescription } from '@headcount/registry-api'
import { countOf } from '../parts/words.ts'
import { pairId, SharedTable, SubgraphTable, subgraphId } from './graph-tables.tsx'
import { NODE, type PlacedGraph, placeGraph } from './place-graph.ts'
import { type SharedTypes, sharedTypes } from './shared-types.ts'

/** Subgraphs and the entities between them, drawn; and the same in two tables, to which the drawing leads. */
export function GraphDrawing({ graph }: { graph: GraphDescription }) {
  const shared = sharedTypes(graph)
  const names = graph.subgraphs.map(({ name }) => name)
  return (
    <div className="graph-drawing">
      <div className="table-scroll-x">
        <Drawing placed={placeGraph(names, shared)} graph={graph} />
      </div>
      <div className="graph-tables">
        <SubgraphTable graph={graph} />
        <SharedTable shared={shared} />
      </div>
    </div>
  )
}

function Drawing({ placed, graph }: { placed: PlacedGraph; graph: GraphDescription }) {
  const { width, height, nodes, edges } = placed
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and cannot stand in a drawing's place
    <svg
      className="drawing"
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={`${countOf(nodes.length, 'subgraph')} and what they share; the tables beside it say the same`}
    >
      {edges.map(({ from, to, shared }) => (
        <line
          key={pairId(shared)}
          className="drawing-line"
          x1={from.x}
          y1={from.y}
          x2={to.x}
          y2={to.y}
          strokeWidth={1 + Math.min(5, shared.types.length)}
        />
      ))}
      {edges.map(({ label, shared }) => (
        <EdgeLabel key={pairId(shared)} at={label} shared={shared} />
      ))}
      {nodes.map(({ name, x, y }) => (
        <SubgraphNode key={name} name={name} at={{ x, y }} graph={graph} />
      ))}
    </svg>
  )
}

interface AtProps {
  at: { x: number; y: number }
}

function EdgeLabel({ at, shared }: AtProps & { shared: SharedTypes }) {
  const words = `${shared.subgraphs.join(' and ')} share ${shared.types.map(({ name }) => name).join(', ')}`
  return (
    <a href={`#${pairId(shared)}`} aria-label={words} className="drawing-label">
      <title>{words}</title>
      <circle cx={at.x} cy={at.y} r={14} />
      <text x={at.x} y={at.y}>
        {shared.types.length}
      </text>
    </a>
  )
}

function SubgraphNode({ at, name, graph }: AtProps & { name: string; graph: GraphDescription }) {
  const { types = 0, fields = 0 } = graph.subgraphs.find((one) => one.name === name) ?? {}
  const size = `${countOf(types, 'type')}, ${countOf(fields, 'field')}`
  return (
    <a href={`#${subgraphId(name)}`} aria-label={`${name}: ${size}`} className="drawing-node">
      <rect
        x={at.x - NODE.width / 2}
        y={at.y - NODE.height / 2}
        width={NODE.width}
        height={NODE.height}
        rx={10}
      />
      <text x={at.x} y={at.y - 8} className="drawing-name">
        {name.length > 15 ? `${name.slice(0, 14)}…` : name}
      </text>
      <text x={at.x} y={at.y + 13} className="drawing-size">
        {size}
      </text>
    </a>
  )
}
