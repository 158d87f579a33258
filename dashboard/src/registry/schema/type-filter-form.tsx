import type { DescribedType } from '@headcount/registry-api'
import type { TypeFilter } from './search-types.ts'
import { USAGE_DAYS } from './usage-index.ts'

/** Kinds as people call them. */
export const KIND_WORDS: Readonly<Record<DescribedType['kind'], string>> = {
  OBJECT: 'object',
  INTERFACE: 'interface',
  UNION: 'union',
  ENUM: 'enum',
  INPUT_OBJECT: 'input',
  SCALAR: 'scalar',
}

interface TypeFilterFormProps {
  filter: TypeFilter
  onFilter: (filter: TypeFilter) => void
  owners: readonly string[]
  /** Without traffic nobody knows what is unused. */
  isUsageKnown: boolean
}

export function TypeFilterForm({ filter, onFilter, owners, isUsageKnown }: TypeFilterFormProps) {
  const change = (part: Partial<TypeFilter>) => onFilter({ ...filter, ...part })
  return (
    <search className="filter">
      <label className="filter-text">
        <span className="filter-name">Find</span>
        <input
          type="text"
          value={filter.text}
          placeholder="type, field or value"
          data-testid="find-type"
          onChange={({ target }) => change({ text: target.value })}
        />
      </label>
      <label>
        <span className="filter-name">Kind</span>
        <select
          value={filter.kind}
          onChange={({ target }) => change({ kind: target.value as TypeFilter['kind'] })}
        >
          <option value="all">all</option>
          {Object.entries(KIND_WORDS).map(([kind, words]) => (
            <option key={kind} value={kind}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="filter-name">Owner</span>
        <select value={filter.owner} onChange={({ target }) => change({ owner: target.value })}>
          <option value="">all</option>
          {owners.map((owner) => (
            <option key={owner}>{owner}</option>
          ))}
        </select>
      </label>
      <Tick
        label="Deprecated"
        isOn={filter.isDeprecated}
        onChange={(isDeprecated) => change({ isDeprecated })}
      />
      {isUsageKnown && (
        <Tick
          label={`Not used in ${USAGE_DAYS} days`}
          isOn={filter.isUnused}
          onChange={(isUnused) => change({ isUnused })}
        />
      )}
    </search>
  )
}

function Tick(props: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="tick">
      <input type="checkbox" checked={props.isOn} onChange={({ target }) => props.onChange(target.checked)} />
      {props.label}
    </label>
  )
}
