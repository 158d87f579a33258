import type { OperationUsage, Page } from '@headcount/registry-api'
import { useState } from 'react'
import { GraphMain } from '../parts/graph-section.tsx'
import { WholePage } from '../parts/whole-page.tsx'
import { useRegistry } from '../use-registry.ts'
import { type Days, DaysChoice } from './days.tsx'
import { filterOperations, NO_FILTER, type OperationFilter } from './operation-rows.ts'
import { OperationTable } from './operation-table.tsx'

export type OperationList = Page<OperationUsage>

/** As many as the registry tells of at once: the busiest. */
export function operationsPath(days: Days): string {
  return `/usage/operations?days=${days}&limit=200`
}

/** `/graph/operations`: what is asked, how often, how fast, and by whom. */
export function OperationsPage() {
  const [days, setDays] = useState<Days>('7')
  const operations = useRegistry<OperationList>(operationsPath(days))
  return (
    <WholePage title="Operations" known={operations}>
      {(list) => (
        <GraphMain title="Operations" head={<DaysChoice days={days} onChoose={setDays} />}>
          <Operations list={list} />
        </GraphMain>
      )}
    </WholePage>
  )
}

function Operations({ list: { items, before } }: { list: OperationList }) {
  const [filter, setFilter] = useState(NO_FILTER)
  const found = filterOperations(items, filter)
  return (
    <section className="card">
      <Filter filter={filter} onFilter={setFilter} />
      <p className="quiet" role="status">
        {found.length} of {before === null ? items.length : `the ${items.length} busiest`}
      </p>
      <OperationTable operations={found} />
    </section>
  )
}

interface FilterProps {
  filter: OperationFilter
  onFilter: (filter: OperationFilter) => void
}

function Filter({ filter, onFilter }: FilterProps) {
  const { text, kind, trust } = filter
  return (
    <search className="filter">
      <label className="filter-text">
        <span className="filter-name">Find</span>
        <input
          type="text"
          value={text}
          placeholder="name, client or id"
          onChange={({ target }) => onFilter({ ...filter, text: target.value })}
        />
      </label>
      <label>
        <span className="filter-name">Kind</span>
        <select
          value={kind}
          onChange={({ target }) => onFilter({ ...filter, kind: target.value as OperationFilter['kind'] })}
        >
          <option value="all">all</option>
          <option value="query">queries</option>
          <option value="mutation">mutations</option>
          <option value="subscription">subscriptions</option>
        </select>
      </label>
      <label>
        <span className="filter-name">Sent</span>
        <select
          value={trust}
          onChange={({ target }) => onFilter({ ...filter, trust: target.value as OperationFilter['trust'] })}
        >
          <option value="all">either way</option>
          <option value="trusted">as a trusted document</option>
          <option value="free">as a text</option>
        </select>
      </label>
    </search>
  )
}
