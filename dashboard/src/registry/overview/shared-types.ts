import type { DescribedType, GraphDescription } from '@headcount/registry-api'

/** Two subgraphs, and the entities that both have a part of. */
export interface SharedTypes {
  subgraphs: readonly [string, string]
  types: readonly { name: string; keys: readonly string[] }[]
}

/** Every pair of subgraphs that share an entity, in the order of the subgraphs. */
export function sharedTypes({
  subgraphs,
  types,
}: Pick<GraphDescription, 'subgraphs' | 'types'>): SharedTypes[] {
  const entities = types.filter(({ keys }) => keys.length > 0)
  const names = subgraphs.map(({ name }) => name)
  return names
    .flatMap((one, index) => names.slice(index + 1).map((other) => sharedBy([one, other], entities)))
    .filter((shared) => shared.types.length > 0)
}

function sharedBy(subgraphs: readonly [string, string], entities: readonly DescribedType[]): SharedTypes {
  const shared = entities.filter(({ owners }) => subgraphs.every((name) => owners.includes(name)))
  return { subgraphs, types: shared.map(({ name, keys }) => ({ name, keys: keysOf(keys) })) }
}

/** Each key once, whoever has it. */
function keysOf(keys: DescribedType['keys']): string[] {
  return [...new Set(keys.map(({ fields }) => fields))]
}
