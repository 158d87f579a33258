import type {
  ContractSummary,
  GraphDescription,
  Page,
  UnusedAnswer,
  VersionDetail,
  VersionSummary,
} from '@headcount/registry-api'
import { Link } from '../../page/link.tsx'
import { CheckList, type CheckPage } from '../checks/check-list.tsx'
import { pathOfGraph } from '../graph-route.ts'
import { GraphMain, Section } from '../parts/graph-section.tsx'
import { Part, WholePage } from '../parts/whole-page.tsx'
import { type Known, useRegistry } from '../use-registry.ts'
import { Hints } from '../versions/findings.tsx'
import { ContractList } from './contract-list.tsx'
import { GraphDrawing } from './graph-drawing.tsx'
import { LiveVersion } from './live-version.tsx'
import { UnusedCount } from './unused-count.tsx'

/** `/graph`: what is live, how it hangs together, and what asks for attention. */
export function OverviewPage() {
  const versions = useRegistry<Page<VersionSummary>>('/versions?limit=20')
  const graph = useRegistry<GraphDescription>('/graph', 60_000)
  const unused = useRegistry<UnusedAnswer>('/usage/unused?days=30', 60_000)
  const checks = useRegistry<CheckPage>('/checks?limit=5')
  const contracts = useRegistry<readonly ContractSummary[]>('/contracts', 60_000)
  return (
    <WholePage title="Graph" known={versions}>
      {(list) => (
        <GraphMain title="Graph">
          <div className="graph-cards">
            <Section title="Live version">
              <LiveVersion versions={list.items} />
            </Section>
            <Section title="Not used in 30 days">
              <Part known={unused}>{(answer) => <UnusedCount answer={answer} />}</Part>
            </Section>
            <Section title="Contracts">
              <Part known={contracts}>{(answer) => <ContractList contracts={answer} />}</Part>
            </Section>
          </div>
          <Section title="Subgraphs and what they share">
            <Part known={graph}>{(answer) => <GraphDrawing graph={answer} />}</Part>
          </Section>
          <Section title="Last checks">
            <Part known={checks}>{(answer) => <CheckList checks={answer.items} />}</Part>
            <p className="card-foot">
              <Link to={pathOfGraph({ page: 'checks' })}>All checks</Link>
            </p>
          </Section>
          <LiveHints graph={graph} />
        </GraphMain>
      )}
    </WholePage>
  )
}

/** Remarks of composition on the version that is live. */
function LiveHints({ graph }: { graph: Known<GraphDescription> }) {
  return graph.value ? <HintsOf version={graph.value.version} /> : null
}

function HintsOf({ version }: { version: number }) {
  const detail = useRegistry<VersionDetail>(`/versions/${version}`, 60_000)
  return (
    <Section title="Remarks of composition">
      <Part known={detail}>{({ hints }) => <Hints hints={hints} />}</Part>
    </Section>
  )
}
