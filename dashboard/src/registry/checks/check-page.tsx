import type { CheckRecord, Evidence, LintFinding } from '@headcount/registry-api'
import { Link } from '../../page/link.tsx'
import { pathOfGraph } from '../graph-route.ts'
import { Chip } from '../parts/chip.tsx'
import { Coordinate } from '../parts/coordinate.tsx'
import { GraphMain, Section } from '../parts/graph-section.tsx'
import { Time } from '../parts/time.tsx'
import { WholePage } from '../parts/whole-page.tsx'
import { countOf, OUTCOMES } from '../parts/words.ts'
import { useRegistry } from '../use-registry.ts'
import { Changes } from '../versions/changes.tsx'
import { CompositionErrors, Hints, placeWords } from '../versions/findings.tsx'
import { Context } from './check-list.tsx'

/** `/graph/checks/<id>`: what a change would mean, and for whom. */
export function CheckPage({ id }: { id: string }) {
  const check = useRegistry<CheckRecord>(`/checks/${encodeURIComponent(id)}`, 600_000)
  return (
    <WholePage title="Check" known={check}>
      {(record) => (
        <GraphMain title="Check" head={<Chip {...OUTCOMES[record.outcome]} />}>
          <Section title={`Of ${record.subgraphs.join(', ') || 'nothing'}`}>
            <Facts record={record} />
          </Section>
          <Findings report={record.report} />
        </GraphMain>
      )}
    </WholePage>
  )
}

function Findings({ report }: Pick<CheckRecord, 'report'>) {
  const { errors, changes, hints, lint, outcome } = report
  return (
    <>
      {errors.length > 0 && (
        <Section title="Why it does not compose">
          <CompositionErrors errors={errors} />
        </Section>
      )}
      {outcome !== 'not-composed' && (
        <Section title="Changes">
          <Changes changes={changes} />
        </Section>
      )}
      {lint.length > 0 && (
        <Section title="Style">
          <Lint findings={lint} />
        </Section>
      )}
      {hints.length > 0 && (
        <Section title="Remarks of composition">
          <Hints hints={hints} />
        </Section>
      )}
    </>
  )
}

function Facts({ record }: { record: CheckRecord }) {
  const { at, by, base, context, report } = record
  return (
    <>
      <p>
        <Time at={at} />, by <Context context={context} by={by} />
        {base !== null && (
          <>
            , against <Link to={pathOfGraph({ page: 'versions', number: base })}>version {base}</Link>
          </>
        )}
      </p>
      {report.evidence && <p className="quiet">{evidenceWords(report.evidence)}</p>}
      {report.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
    </>
  )
}

function evidenceWords({ days, since, requests, publishedOperations, isComplete }: Evidence): string {
  const traffic = since
    ? `${countOf(requests, 'request')} of ${countOf(days, 'day')}`
    : `no traffic (none is recorded within ${countOf(days, 'day')})`
  const trust = isComplete ? '' : ' What is not among them may still be used.'
  return `Weighed by ${traffic} and ${countOf(publishedOperations, 'published operation')}.${trust}`
}

function Lint({ findings }: { findings: readonly LintFinding[] }) {
  return (
    <ul className="plain-list rows">
      {findings.map(({ rule, level, coordinate, message, place }) => (
        <li key={`${rule} ${coordinate}`}>
          <p>
            <Chip
              text={`${level === 'error' ? 'Error' : 'Warning'}: ${rule}`}
              tone={level === 'error' ? 'alarm' : 'warning'}
            />{' '}
            <Coordinate of={coordinate} />
          </p>
          <p className="sentence">{message}</p>
          {place && <p className="fine-print">{placeWords(place)}</p>}
        </li>
      ))}
    </ul>
  )
}
