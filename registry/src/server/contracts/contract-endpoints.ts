import { setTimeout as sleep } from 'node:timers/promises'
import type { Contract, ContractSummary } from '@headcount/registry-api'
import { type Call, type Endpoint, RegistryProblem, type Reply } from '../endpoint.ts'
import type { Parts } from '../parts.ts'
import type { TakeTurn } from '../turns.ts'
import { readContractBase, readContracts, removeContract, storeContract } from './contract-store.ts'
import { readContract } from './read-contract.ts'

const attempts = 8
const longestPauseMs = 200
const contractLimit = 100

/** What these endpoints need beside the parts. */
export interface ContractOptions extends Parts {
  readonly takeTurn: TakeTurn
  /** Called with the number of the version that is live, after a change of what contracts serve of it. */
  readonly announce: ((version: number) => void) | undefined
}

/** Contracts by `@tag`. */
export function contractEndpoints(parts: ContractOptions): Endpoint[] {
  const { database, now, takeTurn } = parts
  return [
    {
      method: 'GET',
      path: '/contracts',
      scope: 'schema:read',
      handle: async () => ({ json: await readContracts(database) }),
    },
    {
      method: 'PUT',
      path: '/contracts/:name',
      scope: 'registry:admin',
      deadlineMs: 120_000,
      handle: ({ params, body, caller }) => {
        const contract = readContract(params['name'], body)
        return takeTurn(() => setContract(parts, contract, caller))
      },
    },
    {
      method: 'DELETE',
      path: '/contracts/:name',
      scope: 'registry:admin',
      async handle({ params: { name = '' }, caller }) {
        const removed = await removeContract(database, name, { by: caller.name, at: now() })
        if (removed) await afterChange(parts)
        return { json: { removed } }
      },
    },
  ]
}

/** Applies a contract to what is live, and again when that has moved meanwhile. */
async function setContract(
  parts: ContractOptions,
  contract: Contract,
  caller: Call['caller'],
): Promise<Reply> {
  const { database, judge, now } = parts
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const base = await readContractBase(database)
    const all = await readContracts(database)
    const before = all.find(({ name }) => name === contract.name)
    if (before && isSame(before, contract) && isApplied(before, base.number)) return replyOf(before)
    if (!before && all.length >= contractLimit) throw tooMany()
    const { supergraph } = base
    const outcome =
      supergraph === undefined ? undefined : await judge.run('contract', { supergraph, contract })
    if (await storeContract(database, { contract, base, outcome }, { by: caller.name, at: now() })) {
      await afterChange(parts)
      const [stored] = await readContracts(database, contract.name)
      return stored ? replyOf(stored) : { json: contract }
    }
    await sleep(Math.random() * longestPauseMs)
  }
  throw new RegistryProblem(
    'CONFLICT',
    `What is live changed ${attempts} times while the contract was applied; set it again.`,
  )
}

async function afterChange({ live, announce }: ContractOptions): Promise<void> {
  await live.refresh()
  const number = live.state?.number
  if (typeof number === 'number') announce?.(number)
}

function replyOf(contract: ContractSummary): Reply {
  return { status: contract.errors.length > 0 ? 422 : 200, json: contract }
}

function isSame(before: Contract, contract: Contract): boolean {
  const keyOf = ({ include, exclude, hidesUnreachable }: Contract) =>
    JSON.stringify([include, exclude, hidesUnreachable])
  return keyOf(before) === keyOf(contract)
}

/** Whether the live version's outcome is stored; errors are of it too. */
function isApplied({ servedVersion, errors }: ContractSummary, live: number | null): boolean {
  return servedVersion === live || errors.length > 0
}

function tooMany(): RegistryProblem {
  return new RegistryProblem('CONFLICT', `There are ${contractLimit} contracts already; remove one first.`)
}
