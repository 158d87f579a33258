import type { OperationUsage, Page } from '@headcount/registry-api'
import { useState } from 'react'
import { GraphMain } from '../parts/graph-section.tsx'
import { Part } from '../parts/whole-page.tsx'
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
  const [filter, setFilter] = useState(NO_FILTER)
  const operations = useRegistry<OperationList>(operationsPath(days))
  return (
    <GraphMain title="Operations" head={<DaysChoice days={days} onChoose={setDays} />}>
      <section className="card">
        <Filter filter={filter} onFilter={setFilter} />
        <Part known={operations}>{(list) => <Operations list={list} filter={filter} />}</Part>
      </section>
    </GraphMain>
  )
}

interface OperationsProps {
  list: OperationList
  filter: OperationFilter
}

function Operations({ list: { items, before }, filter }: OperationsProps) {
  const found = filterOperations(items, filter)
  return (
    <>
      <p className="quiet" role="status">
        {found.length} of {before === null ? items.length : `the ${items.length} busiest`}
      </p>
      <OperationTable operations={found} />
    </>
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
