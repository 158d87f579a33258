import type { Page, VersionSummary } from '@headcount/registry-api'
import { useState } from 'react'
import { Link } from '../../page/link.tsx'
import { pathOfGraph } from '../graph-route.ts'
import { ChangeCounts } from '../parts/change-counts.tsx'
import { Chip } from '../parts/chip.tsx'
import { GraphMain } from '../parts/graph-section.tsx'
import { Time } from '../parts/time.tsx'
import { WholePage } from '../parts/whole-page.tsx'
import { versionState, versionWords } from '../parts/words.ts'
import { useRegistry } from '../use-registry.ts'

const PAGE = 50
const MOST = 200

/** `/graph/versions`: every version that was ever published, the latest first. */
export function VersionsPage() {
  const [limit, setLimit] = useState(PAGE)
  const versions = useRegistry<Page<VersionSummary>>(`/versions?limit=${limit}`)
  return (
    <WholePage title="Versions" known={versions}>
      {(list) => (
        <GraphMain title="Versions">
          <section className="card">
            <VersionTable versions={list.items} />
            {list.items.length >= limit && limit < MOST && (
              <p className="card-foot">
                <button type="button" className="button" onClick={() => setLimit(MOST)}>
                  Show the last {MOST}
                </button>
              </p>
            )}
          </section>
        </GraphMain>
      )}
    </WholePage>
  )
}

function VersionTable({ versions }: { versions: readonly VersionSummary[] }) {
  if (versions.length === 0) return <p className="quiet">Nothing has been published yet.</p>
  return (
    <div className="table-scroll-x">
      <table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">State</th>
            <th scope="col">What</th>
            <th scope="col">Changes</th>
            <th scope="col">By</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.number} data-testid={`version-${version.number}`}>
              <th scope="row">
                <Link to={pathOfGraph({ page: 'versions', number: version.number })}>{version.number}</Link>
              </th>
              <td>
                <Chip {...versionState(version)} />
              </td>
              <td className="wide">
                {versionWords(version)}
                {version.message && <span className="quiet"> · {version.message}</span>}
              </td>
              <td>
                <ChangeCounts counts={version.counts} />
              </td>
              <td>{version.author ?? version.by}</td>
              <td>
                <Time at={version.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
