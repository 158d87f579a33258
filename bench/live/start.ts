import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { post } from '../http/post.ts'
import { untilAnswered } from '../http/until-answered.ts'
import { freePort } from '../processes/free-port.ts'
import { type Program, type RunningProgram, startProgram } from '../processes/start-program.ts'
import type { Candidate, Ground } from './candidates/candidate.ts'

/** A server that runs. */
export interface Server {
  readonly candidate: Candidate
  readonly program: RunningProgram
  readonly port: number
  stop(): Promise<void>
}

/** What all servers of a run share, and what stands before the command of what is measured. */
export interface Place extends Omit<Ground, 'port' | 'folder'> {
  /** A folder that is removed afterwards. */
  readonly folder: string
  readonly prefix: readonly string[]
}

let folders = 0

/** Starts a candidate, and what it needs behind it, and waits until it serves. */
export async function startServer(candidate: Candidate, place: Place): Promise<Server> {
  const folder = join(place.folder, `server-${++folders}`)
  mkdirSync(folder)
  const started: RunningProgram[] = []
  const stop = async () => {
    for (const program of started.toReversed()) await program.stop()
  }
  const start = async (program: Program, how: { port: number; asks: boolean; prefix: readonly string[] }) => {
    const running = startProgram(program, how.prefix)
    started.push(running)
    await untilAnswered<unknown>(running, () => (how.asks ? ask(how.port) : reach(how.port)))
    return running
  }
  try {
    const behindPort = await freePort()
    const behind = candidate.behind?.({ ...place, folder, port: behindPort })
    if (behind) await start(behind, { port: behindPort, asks: true, prefix: [] })
    const port = await freePort()
    const program = candidate.program({ ...place, folder, port }, `http://127.0.0.1:${behindPort}/graphql`)
    const how = { port, asks: candidate.answersQueries, prefix: place.prefix }
    return { candidate, program: await start(program, how), port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const ask = (port: number) => post(`http://127.0.0.1:${port}/graphql`, '{"query":"{ __typename }"}')

function reach(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}
