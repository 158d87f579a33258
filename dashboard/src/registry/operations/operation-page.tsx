import type { OperationUsage, OperationUsageDetail } from '@headcount/registry-api'
import { useState } from 'react'
import { Scrolling } from '../../page/scrolling.tsx'
import { formatCount } from '../../words/numbers.ts'
import { Chip } from '../parts/chip.tsx'
import { Coordinates } from '../parts/coordinate.tsx'
import { Facts, type FactsOf } from '../parts/facts.tsx'
import { GraphMain, Section } from '../parts/graph-section.tsx'
import { Time } from '../parts/time.tsx'
import { Part } from '../parts/whole-page.tsx'
import { clientWords, latencyWords, percentWords } from '../parts/words.ts'
import { useRegistry } from '../use-registry.ts'
import { type Days, DaysChoice } from './days.tsx'
import { SeriesPlots } from './series-plots.tsx'

/** `/graph/operations/<id>`. */
export function OperationPage({ id }: { id: string }) {
  const [days, setDays] = useState<Days>('7')
  const operation = useRegistry<OperationUsageDetail>(
    `/usage/operations/${encodeURIComponent(id)}?days=${days}`,
  )
  const name = operation.value?.name
  const title = name === undefined ? 'Operation' : (name ?? 'An operation without a name')
  return (
    <GraphMain title={title} head={<DaysChoice days={days} onChoose={setDays} />}>
      <Part known={operation}>{(detail) => <Detail detail={detail} isHourly={days === '1'} />}</Part>
    </GraphMain>
  )
}

interface DetailProps {
  detail: OperationUsageDetail
  /** Whether its series has a bucket an hour; else a day. */
  isHourly: boolean
}

function Detail({ detail, isHourly }: DetailProps) {
  return (
    <>
      <Section title="Requests">
        <Figures operation={detail} />
        <SeriesPlots series={detail.series} bucketS={isHourly ? 3600 : 86_400} />
      </Section>
      <Section title="Clients">
        <Clients clients={detail.clients} />
      </Section>
      <Section title="Text">
        <p className="fine-print">With a variable in place of every value.</p>
        <Scrolling className="code-block" label="Text of the operation">
          <pre>{detail.text}</pre>
        </Scrolling>
        <p className="fine-print code">{detail.id}</p>
      </Section>
      <Section title="What it uses">
        <Coordinates of={detail.coordinates} />
      </Section>
    </>
  )
}

function Figures({ operation }: { operation: OperationUsage }) {
  const { kind, documentId, requests, errors, p50Ms, p95Ms, p99Ms, firstSeenAt, lastSeenAt } = operation
  const figures: FactsOf = [
    ['Kind', kind],
    ['Requests', formatCount(requests)],
    ['Errors', percentWords(errors, requests)],
    ['p50', latencyWords(p50Ms)],
    ['p95', latencyWords(p95Ms)],
    ['p99', latencyWords(p99Ms)],
    ['First asked', <Time key="first" at={firstSeenAt} />],
    ['Last asked', <Time key="last" at={lastSeenAt} />],
    [
      'Sent',
      documentId === null ? (
        <Chip key="sent" text="as a text" tone="warning" />
      ) : (
        <code key="sent" title={documentId}>
          {documentId.slice(0, 19)}
        </code>
      ),
    ],
  ]
  return <Facts of={figures} />
}

function Clients({ clients }: Pick<OperationUsage, 'clients'>) {
  return (
    <div className="table-scroll-x">
      <table>
        <thead>
          <tr>
            <th scope="col">Client</th>
            <th scope="col" className="number">
              Requests
            </th>
            <th scope="col" className="number">
              Errors
            </th>
            <th scope="col" className="number">
              Last asked
            </th>
          </tr>
        </thead>
        <tbody>
          {clients.map((client) => (
            <tr key={`${client.name} ${client.version}`}>
              <th scope="row">{clientWords(client)}</th>
              <td className="number">{formatCount(client.requests)}</td>
              <td className="number">{percentWords(client.errors, client.requests)}</td>
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
