import { GraphMain } from '../parts/graph-section.tsx'
import { WholePage } from '../parts/whole-page.tsx'
import { useRegistry } from '../use-registry.ts'
import { CheckList, type CheckPage } from './check-list.tsx'

/** `/graph/checks`: the last changes that somebody had checked. */
export function ChecksPage() {
  const checks = useRegistry<CheckPage>('/checks?limit=100')
  return (
    <WholePage title="Checks" known={checks}>
      {(list) => (
        <GraphMain title="Checks">
          <section className="card">
            <CheckList checks={list.items} />
          </section>
        </GraphMain>
      )}
    </WholePage>
  )
}
