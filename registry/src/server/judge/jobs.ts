import type { Contract } from '@headcount/registry-api'
import { check } from '../../comparison/check.ts'
import { applyContract, type ContractOutcome } from '../contracts/apply-contract.ts'
import { judgeVersion } from './judge-version.ts'

/** A contract, and the supergraph that it is to be applied to. */
export interface ContractCase {
  readonly supergraph: string
  readonly contract: Contract
}

function judgeContract({ supergraph, contract }: ContractCase): ContractOutcome {
  return applyContract(supergraph, contract)
}

/** What the judge's thread can be asked: each job takes and answers what can be sent to a thread. */
export const jobs = { version: judgeVersion, contract: judgeContract, check } as const

/** The jobs by name. */
export type Jobs = typeof jobs

/** What a job takes. */
export type JobInput<Name extends keyof Jobs> = Parameters<Jobs[Name]>[0]

/** What it answers. */
export type JobOutput<Name extends keyof Jobs> = Awaited<ReturnType<Jobs[Name]>>

/** To the thread. */
export interface JobMessage {
  readonly name: keyof Jobs
  readonly input: unknown
}

/** From the thread: what came of the job. */
export type JobAnswer = { readonly output: unknown } | { readonly failure: string }
