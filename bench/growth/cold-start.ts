import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { ours } from '../gateway/candidates/ours.ts'
import { untilAnswered } from '../http/until-answered.ts'
import { median } from '../load/percentile.ts'
import { freePort } from '../processes/free-port.ts'
import { startProgram } from '../processes/start-program.ts'

/** From the start of the process until `/health/ready` says so, in milliseconds: the median of some starts. */
export async function coldStartMs(
  supergraphFile: string,
  { starts, prefix }: { readonly starts: number; readonly prefix: readonly string[] },
): Promise<number> {
  const times: number[] = []
  for (let start = 0; start < starts; start++) times.push(await startOnce(supergraphFile, prefix))
  return median(times)
}

async function startOnce(supergraphFile: string, prefix: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'headcount-start-'))
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
    rmSync(folder, { recursive: true, force: true })
  }
}

async function askReady(port: number): Promise<void> {
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/health/ready`)
  const text = await body.text()
  if (statusCode !== 200) throw new Error(text)
}
