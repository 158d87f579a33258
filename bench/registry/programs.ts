import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'
import { quietEnvironment } from '../gateway/candidates/candidate.ts'
import { queries } from '../gateway/graph/queries.ts'
import { post } from '../http/post.ts'
import { untilAnswered } from '../http/until-answered.ts'
import { freePort } from '../processes/free-port.ts'
import type { Ground } from '../processes/run-bench.ts'
import { type RunningProgram, startProgram } from '../processes/start-program.ts'

const headcountFile = fileURLToPath(new URL('../../platform/src/main.ts', import.meta.url))

/** A token that may do everything. */
export const token = `hcr_${'b'.repeat(43)}`
const environment = { ...quietEnvironment, LOG_LEVEL: 'warn', HEADCOUNT_REGISTRY_TOKEN: token }

/** A program that listens. */
export interface Listening {
  readonly program: RunningProgram
  /** Without a slash at the end. */
  readonly url: string
}

/** Starts `headcount registry` on an embedded Postgres; its address is the base of its API. */
export async function startRegistry({ folder, atEnd }: Ground): Promise<Listening> {
  const port = await freePort()
  const words = [headcountFile, 'registry', '--port', String(port), '--data', join(folder, 'registry')]
  const program = startProgram({ command: process.execPath, words, environment, folder })
  atEnd(() => program.stop())
  const url = `http://127.0.0.1:${port}`
  await untilAnswered(program, async () => {
    const { statusCode, body } = await request(`${url}/health/ready`)
    await body.dump()
    if (statusCode !== 200) throw new Error(`The registry is not ready: ${statusCode}`)
  })
  return { program, url: `${url}/registry` }
}

/** How a gateway is started. */
export interface GatewayOptions {
  readonly name: string
  readonly registryUrl: string
  /** Where its CPU profile goes. */
  readonly profile: string | undefined
}

/** Starts `headcount gateway` with one worker and a copy of its own; its address is that of the graph. */
export async function startGateway(
  { folder, atEnd }: Ground,
  { name, registryUrl, profile }: GatewayOptions,
): Promise<Listening> {
  const own = join(folder, name)
  mkdirSync(own)
  const port = await freePort()
  const flags = ['--min-semi-space-size=16', '--max-semi-space-size=64']
  if (profile !== undefined) flags.push('--cpu-prof', `--cpu-prof-dir=${profile}`)
  const words = ['gateway', '--registry', registryUrl, '--workers', '1', '--port', String(port)]
  const program = startProgram({
    command: process.execPath,
    words: [...flags, headcountFile, ...words],
    environment,
    folder: own,
  })
  atEnd(() => program.stop())
  const url = `http://127.0.0.1:${port}/graphql`
  await untilAnswered(program, () => post(url, queries.q2.body))
  return { program, url }
}
