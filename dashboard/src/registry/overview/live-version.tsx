import type { VersionSummary } from '@headcount/registry-api'
import { Link } from '../../page/link.tsx'
import { pathOfGraph } from '../graph-route.ts'
import { Time } from '../parts/time.tsx'
import { versionWords } from '../parts/words.ts'

/** Which version gateways have, since when and by whom; and a later one that did not become it. */
export function LiveVersion({ versions }: { versions: readonly VersionSummary[] }) {
  const live = versions.find(({ isLive }) => isLive)
  const [latest] = versions
  if (!latest) return <p className="quiet">Nothing has been published yet.</p>
  return (
    <>
      {live ? <Live version={live} /> : <p className="quiet">None of the last 20 versions is live.</p>}
      {latest.number !== live?.number && (
        <p className="form-problem">
          <Link to={pathOfGraph({ page: 'versions', number: latest.number })}>Version {latest.number}</Link>{' '}
          {latest.composes ? 'is newer and not live.' : 'does not compose: gateways stay with the live one.'}
        </p>
      )}
    </>
  )
}

function Live({ version }: { version: VersionSummary }) {
  const { number, liveSince, at, by, author, commit, message } = version
  return (
    <>
      <p className="graph-number">
        <Link to={pathOfGraph({ page: 'versions', number })} data-testid="live-version">
          {number}
        </Link>
      </p>
      <p>
        Live since <Time at={liveSince ?? at} />, by {author ?? by}
      </p>
      <p className="quiet">{message ?? versionWords(version)}</p>
      {commit && <p className="quiet code">{commit.slice(0, 12)}</p>}
    </>
  )
}
