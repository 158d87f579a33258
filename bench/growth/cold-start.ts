import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import { ours } from '../gateway/candidates/ours.ts'
import { untilAnswered } from '../http/until-answered.ts'
import { median } from '../load/percentile.ts'
import { freePort } from '../processes/free-port.ts'
import { startProgram } from '../processes/start-program.ts'

/** How a gateway is started, again and again. */
export interface ColdStarts {
  readonly starts: number
  readonly prefix: readonly string[]
  /** Where its files may be. */
  readonly folder: string
}

/** From the start of the process until `/health/ready` says so, in milliseconds: the median of some starts. */
export async function coldStartMs(supergraphFile: string, options: ColdStarts): Promise<number> {
  const times: number[] = []
  for (let start = 0; start < options.starts; start++) times.push(await startOnce(supergraphFile, options))
  return median(times)
}

async function startOnce(supergraphFile: string, { prefix, folder: parent }: ColdStarts): Promise<number> {
  const folder = join(parent, 'cold-start')
  mkdirSync(folder)
  const port = await freePort()
  const ground = { supergraphFile, folder, port, isDeduplicating: false, documents: {} }
  const command = ours(undefined).program(ground)
  const startedAt = performance.now()
  const program = startProgram(command, prefix)
  try {
    await untilAnswered(program, () => askReady(port))
    return performance.now() - startedAt
  } finally {
    await program.stop()
    rmSync(folder, { recursive: true })
  }
}

async function askReady(port: number): Promise<void> {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/health/ready`)
  const text = await body.text()
  if (statusCode !== 200) throw new Error(text)
}
