import type { DescribedType, GraphDescription } from '@headcount/registry-api'
import { type ReactNode, useEffect } from 'react'
import { Chip } from '../parts/chip.tsx'
import { Coordinates } from '../parts/coordinate.tsx'
import { Facts, type FactsOf } from '../parts/facts.tsx'
import { GraphMain, Section } from '../parts/graph-section.tsx'
import { WholePage } from '../parts/whole-page.tsx'
import { useRegistry } from '../use-registry.ts'
import { Fields } from './fields.tsx'
import { leadingTo } from './search-types.ts'
import { KIND_WORDS } from './type-filter-form.tsx'
import { UsageWords } from './usage-words.tsx'
import { useUsageIndex } from './use-usage-index.ts'

/** `/graph/schema/<Type>`. */
export function TypePage({ name }: { name: string }) {
  const graph = useRegistry<GraphDescription>('/graph', 60_000)
  return (
    <WholePage title={name} known={graph}>
      {(description) => {
        const type = description.types.find((one) => one.name === name)
        if (type) return <Type type={type} graph={description} />
        return (
          <GraphMain title={name}>
            <p className="graph-sentence">
              The live version has no such type. A field may answer one of the built-in scalars.
            </p>
          </GraphMain>
        )
      }}
    </WholePage>
  )
}

function Type({ type, graph }: { type: DescribedType; graph: GraphDescription }) {
  const usage = useUsageIndex()
  useJumpToHash(type.name)
  const { name, kind, description, fields, values, members } = type
  const leading = leadingTo(graph.types, name)
  return (
    <GraphMain title={name} head={<Chip text={KIND_WORDS[kind]} tone="quiet" />}>
      <section className="card">
        {description && <p className="sentence">{description}</p>}
        <TypeFacts type={type} />
        <UsageWords coordinate={name} usage={usage} />
      </section>
      {fields.length > 0 && (
        <Section title="Fields">
          <Fields type={type} usage={usage} />
        </Section>
      )}
      {values.length > 0 && (
        <Section title="Values">
          <Values type={type} usageOf={(value) => <UsageWords coordinate={value} usage={usage} />} />
        </Section>
      )}
      {members.length > 0 && (
        <Section title={kind === 'UNION' ? 'Is one of' : 'Types that have it'}>
          <Coordinates of={members} />
        </Section>
      )}
      {leading.length > 0 && (
        <Section title="Fields that lead here">
          <Coordinates of={leading} />
        </Section>
      )}
    </GraphMain>
  )
}

/** The fields are not there when the browser looks for the address's `#field`. */
function useJumpToHash(key: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each type
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1))
    if (id) document.getElementById(id)?.scrollIntoView()
  }, [key])
}

function TypeFacts({ type: { owners, keys, tags, interfaces } }: { type: DescribedType }) {
  const facts: FactsOf = [
    ['Owners', owners.join(', ')],
    ['Keys', keys.length > 0 && keys.map(({ subgraph, fields }) => `${fields} (${subgraph})`).join(', ')],
    ['Tags', tags.length > 0 && tags.map((tag) => `@${tag}`).join(', ')],
    ['Implements', interfaces.length > 0 && <Coordinates key="interfaces" of={interfaces} />],
  ]
  return <Facts of={facts} />
}

interface ValuesProps {
  type: DescribedType
  usageOf: (coordinate: string) => ReactNode
}

function Values({ type: { name, values }, usageOf }: ValuesProps) {
  return (
    <ul className="plain-list rows">
      {values.map((value) => (
        <li key={value.name} id={value.name}>
          <p>
            <span className="coordinate">{value.name}</span>{' '}
            {value.deprecationReason !== null && <Chip text="Deprecated" tone="warning" />}
          </p>
          {value.description && <p className="sentence">{value.description}</p>}
          {value.deprecationReason && <p className="quiet">{value.deprecationReason}</p>}
          {usageOf(`${name}.${value.name}`)}
        </li>
      ))}
    </ul>
  )
}
