import { useState } from 'react'
import { formatCount } from '../../words/numbers.ts'
import { GraphMain } from '../parts/graph-section.tsx'
import { SortHeader } from '../parts/sort-header.tsx'
import { type Sorting, sortRows } from '../parts/sort-rows.ts'
import { Time } from '../parts/time.tsx'
import { Part } from '../parts/whole-page.tsx'
import { clientWords, percentWords } from '../parts/words.ts'
import { useRegistry } from '../use-registry.ts'
import { clientsOf, type SeenClient } from './clients.ts'
import { type Days, DaysChoice } from './days.tsx'
import { type OperationList, operationsPath } from './operations-page.tsx'

type Column = 'client' | 'requests' | 'errors' | 'operations' | 'lastSeen'

const KEYS: Readonly<Record<Column, (client: SeenClient) => string | number>> = {
  client: clientWords,
  requests: ({ requests }) => requests,
  errors: ({ errors, requests }) => errors / Math.max(1, requests),
  operations: ({ operations }) => operations,
  lastSeen: ({ lastSeenAt }) => Date.parse(lastSeenAt),
}

/** `/graph/clients`: which apps, and which builds of them, are out there. */
export function ClientsPage() {
  const [days, setDays] = useState<Days>('7')
  const operations = useRegistry<OperationList>(operationsPath(days))
  return (
    <GraphMain title="Clients" head={<DaysChoice days={days} onChoose={setDays} />}>
      <section className="card">
        <p className="quiet">
          By the name and version that each sends: headers apollographql-client-name and -version, or
          graphql-client-name and -version.
        </p>
        <Part known={operations}>
          {({ items, before }) => (
            <>
              {before !== null && <p>Of the {items.length} busiest operations alone.</p>}
              <ClientTable clients={clientsOf(items)} />
            </>
          )}
        </Part>
      </section>
    </GraphMain>
  )
}

function ClientTable({ clients }: { clients: readonly SeenClient[] }) {
  const [sorting, setSorting] = useState<Sorting<Column>>({ column: 'requests', isDescending: true })
  if (clients.length === 0) return <p className="quiet">Nobody asked in these days.</p>
  const sort = { sorting, onSort: setSorting }
  return (
    <div className="table-scroll-x">
      <table>
        <thead>
          <tr>
            <SortHeader column="client" label="Client" isText {...sort} />
            <SortHeader column="requests" label="Requests" {...sort} />
            <SortHeader column="errors" label="Errors" {...sort} />
            <SortHeader column="operations" label="Operations" {...sort} />
            <SortHeader column="lastSeen" label="Last asked" {...sort} />
          </tr>
        </thead>
        <tbody>
          {sortRows(clients, KEYS[sorting.column], sorting.isDescending).map((client) => (
            <tr key={`${client.name} ${client.version}`} data-testid="client">
              <th scope="row">{clientWords(client)}</th>
              <td className="number">{formatCount(client.requests)}</td>
              <td className="number">{percentWords(client.errors, client.requests)}</td>
              <td className="number">{formatCount(client.operations)}</td>
              <td className="number">
                <Time at={client.lastSeenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
