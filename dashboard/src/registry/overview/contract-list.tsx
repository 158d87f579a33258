import type { Contract } from '@headcount/registry-api'

/** Parts of the graph that are made for some. */
export function ContractList({ contracts }: { contracts: readonly Contract[] }) {
  if (contracts.length === 0) return <p className="quiet">None: everybody gets the whole graph.</p>
  return (
    <ul className="plain-list rows">
      {contracts.map((contract) => (
        <li key={contract.name}>
          <strong>{contract.name}</strong> <span className="quiet">{contractWords(contract)}</span>
        </li>
      ))}
    </ul>
  )
}

function contractWords({ include, exclude, hidesUnreachable }: Contract): string {
  const words = [
    include.length > 0 && `only ${include.map((tag) => `@${tag}`).join(', ')}`,
    exclude.length > 0 && `without ${exclude.map((tag) => `@${tag}`).join(', ')}`,
    !hidesUnreachable && 'unreachable types stay',
  ].filter(Boolean)
  return words.length > 0 ? words.join('; ') : 'the whole graph'
}
