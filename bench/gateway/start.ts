import { join } from 'node:path'
import type { RunningProgram } from '../processes/start-program.ts'
import { apollo } from './candidates/apollo.ts'
import type { Candidate } from './candidates/candidate.ts'
import { floor } from './candidates/floor.ts'
import { hiveGateway } from './candidates/hive-gateway.ts'
import { hiveRouter } from './candidates/hive-router.ts'
import { ours } from './candidates/ours.ts'
import { installPeers } from './candidates/peers.ts'
import { type QueryName, queries } from './graph/queries.ts'
import type { CandidateName, Options } from './read-options.ts'
import { startGateway } from './start-gateway.ts'

/** A candidate that runs. */
export interface Started {
  readonly name: CandidateName
  readonly candidate: Candidate
  readonly isDeduplicating: boolean
  readonly program: RunningProgram
  readonly urlOf: (query: QueryName) => string
  /** Resident memory when it had answered its first request. */
  readonly residentBytesBefore: number
}

/** What all candidates of a run share. */
export interface Setting {
  readonly options: Pick<Options, 'profile' | 'hiveRouter' | 'queries'>
  /** A folder that is removed afterwards. */
  readonly folder: string
  readonly supergraphFile: string
  readonly prefix: readonly string[]
  /** Where the floor finds its answers. */
  readonly answersFile: string
}

function candidateOf(name: CandidateName, { options, answersFile }: Setting): Candidate | undefined {
  switch (name) {
    case 'ours':
      return ours(options.profile)
    case 'apollo':
      return apollo(installPeers())
    case 'hive-gateway':
      return hiveGateway(installPeers())
    case 'hive-router':
      return options.hiveRouter === undefined ? undefined : hiveRouter(options.hiveRouter)
    case 'floor':
      return floor(answersFile)
  }
}

/** Starts a candidate of the bench; undefined = it is not there, or cannot what is asked. */
export async function startCandidate(
  name: CandidateName,
  setting: Setting,
  isDeduplicating = false,
): Promise<Started | undefined> {
  const candidate = candidateOf(name, setting)
  if (!candidate || (isDeduplicating && !candidate.canDeduplicate)) return undefined
  const { supergraphFile, prefix } = setting
  const folder = join(setting.folder, `${name}-${isDeduplicating}`)
  // The floor has answers of the queries of this run alone; the others answer any at their one path.
  const [query = 'q1'] = setting.options.queries
  const probe = { path: candidate.pathOf(query), body: queries.q1.body }
  const options = { supergraphFile, prefix, folder, isDeduplicating, probe }
  const { program, address, residentBytesBefore } = await startGateway(candidate, options)
  const urlOf = (query: QueryName) => address + candidate.pathOf(query)
  return { name, candidate, isDeduplicating, program, urlOf, residentBytesBefore }
}
