import type { VersionDetail } from '@headcount/registry-api'
import { Chip } from '../parts/chip.tsx'
import { Facts, type FactsOf } from '../parts/facts.tsx'
import { GraphMain, Section } from '../parts/graph-section.tsx'
import { Time } from '../parts/time.tsx'
import { WholePage } from '../parts/whole-page.tsx'
import { versionState, versionWords } from '../parts/words.ts'
import { useRegistry } from '../use-registry.ts'
import { Changes } from './changes.tsx'
import { DiffSection } from './diff-section.tsx'
import { CompositionErrors, Hints } from './findings.tsx'

/** `/graph/versions/<number>`. */
export function VersionPage({ number }: { number: number }) {
  const version = useRegistry<VersionDetail>(`/versions/${number}`, 30_000)
  const title = `Version ${number}`
  return (
    <WholePage title={title} known={version}>
      {(detail) => (
        <GraphMain title={title} head={<Chip {...versionState(detail)} />}>
          <Section title={versionWords(detail)}>
            <VersionFacts version={detail} />
          </Section>
          {detail.errors.length > 0 && (
            <Section title="Why it does not compose">
              <CompositionErrors errors={detail.errors} />
            </Section>
          )}
          {detail.composes && (
            <Section title="Changes against what was live before it">
              <Changes changes={detail.changes} />
            </Section>
          )}
          {detail.hints.length > 0 && (
            <Section title="Remarks of composition">
              <Hints hints={detail.hints} />
            </Section>
          )}
          {detail.contracts.length > 0 && (
            <Section title="Contracts">
              <Contracts contracts={detail.contracts} />
            </Section>
          )}
          <DiffSection number={number} composes={detail.composes} />
          <Section title="Subgraphs">
            <Subgraphs version={detail} />
          </Section>
        </GraphMain>
      )}
    </WholePage>
  )
}

function VersionFacts({ version }: { version: VersionDetail }) {
  const { at, by, author, commit, message, isLive, liveSince, supergraphHash } = version
  const facts: FactsOf = [
    ['Published', <Time key="at" at={at} />],
    [isLive ? 'Live since' : 'Became live', liveSince ? <Time key="live" at={liveSince} /> : 'it never was'],
    ['By', author ? `${author}, with the token ${by}` : by],
    ['Commit', commit && <code>{commit.slice(0, 12)}</code>],
    ['Message', message],
    ['Supergraph', supergraphHash && <code title={supergraphHash}>{supergraphHash.slice(0, 12)}</code>],
  ]
  return <Facts of={facts} />
}

function Contracts({ contracts }: Pick<VersionDetail, 'contracts'>) {
  return (
    <ul className="plain-list rows">
      {contracts.map(({ name, hash, errors }) => (
        <li key={name}>
          <p>
            <strong>{name}</strong>{' '}
            <Chip text={hash ? 'Made' : 'Not made: the one before it stays'} tone={hash ? 'good' : 'alarm'} />
          </p>
          {errors.map((error) => (
            <p key={error} className="sentence">
              {error}
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}

function Subgraphs({ version }: { version: VersionDetail }) {
  return (
    <div className="table-scroll-x">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Address</th>
            <th scope="col">Since version</th>
            <th scope="col">Hash</th>
          </tr>
        </thead>
        <tbody>
          {version.subgraphs.map(({ name, url, since, hash }) => (
            <tr key={name}>
              <th scope="row">
                {name} {version.changed.includes(name) && <Chip text="changed" tone="quiet" />}
              </th>
              <td className="code">{url || '–'}</td>
              <td>{since}</td>
              <td className="code" title={hash}>
                {hash.slice(0, 12)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
