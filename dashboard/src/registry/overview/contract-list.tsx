import type { ContractSummary } from '@headcount/registry-api'
import { Chip } from '../parts/chip.tsx'

/** Parts of the graph that are made for some. */
export function ContractList({ contracts }: { contracts: readonly ContractSummary[] }) {
  if (contracts.length === 0) return <p className="quiet">None: everybody gets the whole graph.</p>
  return (
    <ul className="plain-list rows">
      {contracts.map((contract) => (
        <li key={contract.name}>
          <strong>{contract.name}</strong> <span className="quiet">{contractWords(contract)}</span>
          {contract.errors.length > 0 && <Broken contract={contract} />}
        </li>
      ))}
    </ul>
  )
}

/** It does not fit the live version: what was served before goes on being served. */
function Broken({ contract: { servedVersion, errors } }: { contract: ContractSummary }) {
  const text = servedVersion === null ? 'Not served' : `Stays at version ${servedVersion}`
  return (
    <>
      <p>
        <Chip text={text} tone="alarm" />
      </p>
      {errors.map((error) => (
        <p key={error} className="sentence">
          {error}
        </p>
      ))}
    </>
  )
}

function contractWords({ include, exclude, hidesUnreachable }: ContractSummary): string {
  const words = [
    include.length > 0 && `only ${include.map((tag) => `@${tag}`).join(', ')}`,
    exclude.length > 0 && `without ${exclude.map((tag) => `@${tag}`).join(', ')}`,
    !hidesUnreachable && 'unreachable types stay',
  ].filter(Boolean)
  return words.length > 0 ? words.join('; ') : 'the whole graph'
}
