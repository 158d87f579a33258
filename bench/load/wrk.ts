import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Load } from './closed-loop.ts'
import { type HttpLoadOptions, headers } from './http-load.ts'

/** Whether `wrk` is installed here. */
export function hasWrk(): boolean {
  // It has no option that succeeds; what counts is that there is one.
  return spawnSync('wrk', ['--version']).error === undefined
}

interface Summary {
  readonly requests: number
  readonly micros: number
  readonly errors: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Lua's long brackets take anything but their own end. */
const quoted = (text: string) => `[=[${text}]=]`

/** The request, and the sums as JSON in the last line. */
function script(body: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers["${name}"] = "${value}"`)
  return `wrk.method = "POST"
wrk.body = ${quoted(body)}
${lines.join('\n')}
function done(summary, latency)
  local e = summary.errors
  local form = '\\n{"requests":%d,"micros":%d,"errors":%d,"p50":%d,"p95":%d,"p99":%d}\\n'
  io.write(string.format(form, summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
`
}

/** Load by `wrk` with one thread. */
export async function wrkLoad({ url, body, connections, seconds }: HttpLoadOptions): Promise<Load> {
  const folder = mkdtempSync(join(tmpdir(), 'headcount-wrk-'))
  try {
    const file = join(folder, 'request.lua')
    writeFileSync(file, script(body))
    const words = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', file, url]
    const output = await run(words)
    const { requests, micros, errors, p50, p95, p99 } = JSON.parse(
      output.trim().split('\n').at(-1) ?? '',
    ) as Summary
    if (errors > 0 || requests === 0) throw new Error(`${errors} of ${requests} requests failed:\n${output}`)
    return {
      answered: requests,
      seconds: micros / 1_000_000,
      p50Ms: p50 / 1000,
      p95Ms: p95 / 1000,
      p99Ms: p99 / 1000,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('wrk', words, (error, stdout, stderr) =>
      error ? reject(new Error(`wrk ${words.join(' ')}: ${error.message}\n${stderr}`)) : resolve(stdout),
    )
  })
}
