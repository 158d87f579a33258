import { useState } from 'react'
import { RevokeDeviceDocument } from '../generated/graphql.ts'
import type { GateCount } from '../live/occupancy.ts'
import { useParts } from '../page/parts.ts'
import { useNow } from '../page/use-now.ts'
import { formatCount } from '../words/numbers.ts'
import { formatAge } from '../words/times.ts'
import { connectivityWords } from './connectivity-words.ts'
import { InviteScanner } from './invite-scanner.tsx'
import { RevokeButton } from './revoke-button.tsx'
import { type ListedScanner, useScanners } from './use-scanners.ts'

interface ScannersPanelProps {
  event: { id: string; timeZone: string }
  gates: readonly GateCount[] | undefined
}

/** The event's scanners, for who looks after them; nothing for anybody else. */
export function ScannersPanel({ event, gates }: ScannersPanelProps) {
  const { ask } = useParts()
  const { scanners, isRefused, again } = useScanners(event.id)
  const [problem, setProblem] = useState<string>()
  if (isRefused || !scanners) return null
  const revoke = async (deviceId: string) => {
    const { data, problems } = await ask(RevokeDeviceDocument, { input: { deviceId } })
    const why = problems[0]?.message ?? 'There is no such scanner.'
    setProblem(data?.revokeDevice ? undefined : `It is still in service: ${why}`)
    again()
  }
  return (
    <section className="card scanners" aria-labelledby="scanners-title" data-testid="scanners">
      <h2 id="scanners-title">Scanners</h2>
      {scanners.length === 0 ? (
        <p className="quiet">
          No device scans for this event yet. Invite one: it shows a code to read or to paste.
        </p>
      ) : (
        <ScannerTable scanners={scanners} onRevoke={(id) => void revoke(id)} />
      )}
      <p className="form-problem" role="alert" hidden={!problem}>
        {problem}
      </p>
      <InviteScanner event={event} gates={(gates ?? []).map(({ gate }) => gate)} onInvited={again} />
    </section>
  )
}

function ScannerTable(props: { scanners: readonly ListedScanner[]; onRevoke: (id: string) => void }) {
  const now = useNow(1000)
  return (
    <div className="scanners-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Scanner</th>
            <th scope="col">Gates</th>
            <th scope="col" className="number">
              Waiting
            </th>
            <th scope="col" className="number">
              Missing
            </th>
            <th scope="col" className="number">
              Last seen
            </th>
            <th scope="col">
              <span className="visually-hidden">Out of service</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.scanners.map((scanner) => (
            <ScannerRow key={scanner.id} scanner={scanner} now={now} onRevoke={props.onRevoke} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ScannerRow(props: { scanner: ListedScanner; now: number; onRevoke: (id: string) => void }) {
  const { scanner, now, onRevoke } = props
  const { text, tone } = connectivityWords(scanner)
  const { lastSeenAt, waiting, missingCount, gates, credentialStatus } = scanner
  return (
    <tr data-testid={`scanner-${scanner.name}`}>
      <th scope="row">
        {scanner.name}{' '}
        <span className="chip" data-tone={tone}>
          {text}
        </span>
      </th>
      <td>{gates.map(({ name }) => name).join(', ')}</td>
      <td className="number">{formatCount(waiting)}</td>
      <td className="number">{formatCount(missingCount)}</td>
      <td className="number">
        {lastSeenAt ? `${formatAge(Math.max(0, now - Date.parse(lastSeenAt)))} ago` : 'never'}
      </td>
      <td>{credentialStatus !== 'REVOKED' && <RevokeButton onRevoke={() => onRevoke(scanner.id)} />}</td>
    </tr>
  )
}
