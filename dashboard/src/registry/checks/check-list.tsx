import type { CheckContext, CheckSummary, Page } from '@headcount/registry-api'
import { Link } from '../../page/link.tsx'
import { pathOfGraph } from '../graph-route.ts'
import { ChangeCounts } from '../parts/change-counts.tsx'
import { Time } from '../parts/time.tsx'
import { OUTCOMES } from '../parts/words.ts'
import { safeAddress } from './safe-address.ts'

export type CheckPage = Page<CheckSummary>

/** Checks with what they said, and whose change it was. */
export function CheckList({ checks }: { checks: readonly CheckSummary[] }) {
  if (checks.length === 0) {
    return (
      <p className="quiet">No change has been checked yet: “headcount schema check --registry …” does.</p>
    )
  }
  return (
    <div className="table-scroll-x">
      <table>
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Of</th>
            <th scope="col">Changes</th>
            <th scope="col">Change</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CheckRow({ check }: { check: CheckSummary }) {
  const { id, at, by, outcome, subgraphs, counts, context } = check
  const { text, tone } = OUTCOMES[outcome]
  return (
    <tr data-testid="check" data-outcome={outcome}>
      <th scope="row">
        <Link to={pathOfGraph({ page: 'checks', id })} className="chip" data-tone={tone}>
          {text}
        </Link>
      </th>
      <td>{subgraphs.join(', ') || '–'}</td>
      <td>
        <ChangeCounts counts={counts} />
      </td>
      <td className="wide">
        <Context context={context} by={by} />
      </td>
      <td>
        <Time at={at} />
      </td>
    </tr>
  )
}

/** Whose change it was: as much as the check was told. */
export function Context({ context, by }: { context: CheckContext; by: string }) {
  const { commit, branch, author, url } = context
  const address = safeAddress(url)
  const place = [branch, commit?.slice(0, 12)].filter(Boolean).join(' @ ')
  return (
    <>
      {author ?? by}
      {place && <span className="quiet code"> {place}</span>}
      {address && (
        <>
          {' '}
          <a href={address} rel="noreferrer">
            see it
          </a>
        </>
      )}
    </>
  )
}
