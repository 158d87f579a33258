import { useState } from 'react'
import { Scrolling } from '../page/scrolling.tsx'
import type { EventTimes } from '../words/times.ts'
import type { Columns } from './columns.ts'
import { bucketName, describeRate } from './legend.tsx'
import type { Series } from './series.ts'

interface ArrivalsTableProps {
  columns: Columns
  series: readonly Series[] | undefined
  bucketS: number
  times: EventTimes
}

/** The chart's numbers as a table, the newest first; built only while it is open. */
export function ArrivalsTable({ columns, series, bucketS, times }: ArrivalsTableProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="arrivals-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Numbers as a table</summary>
      {isOpen && (
        <Scrolling className="table-scroll" label="Arrivals as a table">
          <table>
            <caption className="visually-hidden">People a minute, the newest first</caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col" className="number">
                  Entering
                </th>
                <th scope="col" className="number">
                  Leaving
                </th>
                {series?.map(({ name }) => (
                  <th key={name} scope="col" className="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {columns.times
                .map((at, index) => (
                  <tr key={at}>
                    <th scope="row">{bucketName(at, bucketS, times)}</th>
                    <td className="number">{describeRate(columns.entries[index])}</td>
                    <td className="number">{describeRate(columns.exits[index])}</td>
                    {series?.map(({ name, values }) => (
                      <td key={name} className="number">
                        {describeRate(values[index])}
                      </td>
                    ))}
                  </tr>
                ))
                .toReversed()}
            </tbody>
          </table>
        </Scrolling>
      )}
    </details>
  )
}
