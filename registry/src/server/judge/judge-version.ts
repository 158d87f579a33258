import type { CompositionError, CompositionHint, Contract, SchemaChange } from '@headcount/registry-api'
import { buildSchema } from 'graphql'
import { attributeChanges, placeFinder } from '../../comparison/attribute-changes.ts'
import { bySeverity } from '../../comparison/by-severity.ts'
import { compareSchemas } from '../../comparison/compare-schemas.ts'
import { compareSubgraphs } from '../../comparison/compare-subgraphs.ts'
import { compose } from '../../composition/compose.ts'
import { parseSubgraph } from '../../composition/parse-subgraph.ts'
import type { ParsedSubgraph, Subgraph } from '../../subgraph.ts'
import { applyContract, type ContractOutcome } from '../contracts/apply-contract.ts'

/** A version that would be, and what is live. */
export interface VersionCase {
  readonly subgraphs: readonly Subgraph[]
  /** Undefined = nothing is live. */
  readonly base: { readonly subgraphs: readonly Subgraph[]; readonly apiSchema: string } | undefined
  readonly contracts: readonly Contract[]
}

/** What composition says of it. */
export type JudgedVersion =
  | { readonly errors: readonly CompositionError[] }
  | {
      readonly errors?: never
      readonly supergraph: string
      readonly apiSchema: string
      readonly hints: readonly CompositionHint[]
      /** Against what is live; the worst first. */
      readonly changes: readonly SchemaChange[]
      readonly contracts: readonly { readonly name: string; readonly outcome: ContractOutcome }[]
    }

/** Composes a version, compares it with the live one and applies the contracts. Takes seconds: for the judge's thread. */
export async function judgeVersion({ subgraphs, base, contracts }: VersionCase): Promise<JudgedVersion> {
  const composed = compose(subgraphs)
  if (composed.errors) return { errors: composed.errors }
  const { supergraphSdl: supergraph, apiSchemaSdl: apiSchema, hints } = composed
  return {
    supergraph,
    apiSchema,
    hints,
    changes: await changesOf({ subgraphs, base, apiSchema }),
    contracts: contracts.map((contract) => ({
      name: contract.name,
      outcome: applyContract(supergraph, contract),
    })),
  }
}

async function changesOf({
  subgraphs,
  base,
  apiSchema,
}: Pick<VersionCase, 'subgraphs' | 'base'> & { readonly apiSchema: string }): Promise<SchemaChange[]> {
  const texts = { base: parseAll(base?.subgraphs ?? []), head: parseAll(subgraphs) }
  const comparison = {
    ...texts,
    api: base ? await compareSchemas(buildSchema(base.apiSchema), buildSchema(apiSchema)) : [],
    subgraphs: await compareSubgraphs(texts.base, texts.head),
  }
  return attributeChanges(comparison, placeFinder(texts))
    .map(({ change }) => change)
    .sort(bySeverity)
}

function parseAll(subgraphs: readonly Subgraph[]): ParsedSubgraph[] {
  return subgraphs.map(parseSubgraph).filter((one): one is ParsedSubgraph => 'document' in one)
}
