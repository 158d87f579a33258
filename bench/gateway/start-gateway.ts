import { mkdirSync } from 'node:fs'
import { post } from '../http/post.ts'
import { untilAnswered } from '../http/until-answered.ts'
import { freePort } from '../processes/free-port.ts'
import { type RunningProgram, startProgram } from '../processes/start-program.ts'
import type { Candidate } from './candidates/candidate.ts'
import { documents } from './graph/queries.ts'

/** How a gateway is started. */
export interface StartOptions {
  readonly supergraphFile: string
  /** A folder that is made for its files. */
  readonly folder: string
  /** What stands before its command. */
  readonly prefix: readonly string[]
  readonly isDeduplicating?: boolean
  /** It runs when this POST is answered. */
  readonly probe: { readonly path: string; readonly body: string }
}

/** A gateway that runs. */
export interface StartedGateway {
  readonly program: RunningProgram
  /** Without a slash at the end. */
  readonly address: string
  /** Resident memory when it had answered its first request. */
  readonly residentBytesBefore: number
}

/** Starts a gateway and waits until it answers. */
export async function startGateway(candidate: Candidate, options: StartOptions): Promise<StartedGateway> {
  const { supergraphFile, folder, prefix, isDeduplicating = false, probe } = options
  mkdirSync(folder)
  const port = await freePort()
  const ground = { supergraphFile, folder, port, isDeduplicating, documents }
  const program = startProgram(candidate.program(ground), prefix)
  const address = `http://127.0.0.1:${port}`
  try {
    await untilAnswered(program, () => post(address + probe.path, probe.body))
  } catch (error) {
    await program.stop()
    throw error
  }
  return { program, address, residentBytesBefore: program.usage().residentBytes }
}
