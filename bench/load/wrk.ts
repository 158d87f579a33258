import { type ChildProcess, execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Load } from './closed-loop.ts'
import { type HttpLoadOptions, headers, type LoadSource } from './http-load.ts'

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

/** Makes each request once, and sends them by turns. */
function turns(mix: NonNullable<HttpLoadOptions['mix']>): string {
  const made = mix.map(({ body, headers: own }) => {
    const pairs = Object.entries({ ...headers, ...own }).map(
      ([name, value]) => `["${name}"]=${quoted(value)}`,
    )
    return `{ headers = { ${pairs.join(', ')} }, body = ${quoted(body)} }`
  })
  return `local mix = { ${made.join(',\n')} }
local made, at = {}, 0
function init()
  for index, one in ipairs(mix) do made[index] = wrk.format("POST", nil, one.headers, one.body) end
end
function request()
  at = at % #made + 1
  return made[at]
end
`
}

/** The requests, and the sums as JSON in the last line. */
function script({ body, mix }: HttpLoadOptions): string {
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers["${name}"] = "${value}"`)
  return `wrk.method = "POST"
wrk.body = ${quoted(body)}
${lines.join('\n')}
${mix ? turns(mix) : ''}
function done(summary, latency)
  local e = summary.errors
  local form = '\\n{"requests":%d,"micros":%d,"errors":%d,"p50":%d,"p95":%d,"p99":%d}\\n'
  io.write(string.format(form, summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
`
}

/** Load by `wrk` with one thread. */
export function wrkLoad(): LoadSource {
  const running = new Set<ChildProcess>()
  return {
    name: '`wrk` (one thread)',
    async run(options) {
      const { url, connections, seconds } = options
      const folder = mkdtempSync(join(tmpdir(), 'headcount-wrk-'))
      try {
        const file = join(folder, 'request.lua')
        writeFileSync(file, script(options))
        const words = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', file, url]
        return loadOf(await run(words, running))
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
    async stop() {
      const ended = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)))
      for (const child of running) child.kill()
      await Promise.all(ended)
    },
  }
}

/** @throws Error when a request failed */
function loadOf(output: string): Load {
  const last = output.trim().split('\n').at(-1) ?? ''
  const { requests, micros, errors, p50, p95, p99 } = JSON.parse(last) as Summary
  if (errors > 0 || requests === 0) throw new Error(`${errors} of ${requests} requests failed:\n${output}`)
  return {
    answered: requests,
    seconds: micros / 1_000_000,
    p50Ms: p50 / 1000,
    p95Ms: p95 / 1000,
    p99Ms: p99 / 1000,
  }
}

function run(words: readonly string[], running: Set<ChildProcess>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('wrk', words, (error, stdout, stderr) => {
      running.delete(child)
      if (error) reject(new Error(`wrk ${words.join(' ')}: ${error.message}\n${stderr}`))
      else resolve(stdout)
    })
    running.add(child)
  })
}
