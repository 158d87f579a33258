import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, PublishRequest, VersionDetail, VersionSummary } from '@headcount/registry-api'
import { request } from 'undici'
import type { Home } from '../setup/home.ts'
import { type CommandResult, runHeadcount } from '../setup/run-headcount.ts'
import { settingsOf, token } from './programs.ts'

const authorization = `Bearer ${token}`
const ANSWER_MS = 60_000

/** A subgraph to be published. */
export interface Draft {
  readonly name: string
  readonly url: string
  readonly sdl: string
  /** Tells its version from others in the history. */
  readonly message: string
}

/** Publishes by `headcount schema publish`. */
export function publish(home: Home, registry: string, draft: Draft): Promise<CommandResult> {
  const { name, url, sdl, message } = draft
  const file = join(home.folder, `${name}.graphql`)
  writeFileSync(file, sdl)
  const what = ['--subgraph', name, '--url', url, '--schema', file, '--message', message]
  const words = ['schema', 'publish', ...what, '--registry', registry]
  return runHeadcount({ words, environment: settingsOf(home), folder: home.folder })
}

/** Sends a publish as it is, once. Resolves with the status; undefined = it was broken off. */
export async function send(
  registry: string,
  { name, url, sdl, message }: Draft,
): Promise<number | undefined> {
  const body: PublishRequest = { subgraphs: [{ name, url, sdl }], message }
  try {
    const response = await request(`${registry}/versions`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      headersTimeout: ANSWER_MS,
    })
    await response.body.text()
    return response.statusCode
  } catch {
    return undefined
  }
}

async function read(address: string): Promise<string> {
  const { statusCode, body } = await request(address, { headers: { authorization } })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}: ${text}`)
  return text
}

/** All versions, the newest first. @throws Error for one that lacks a part */
export async function wholeVersions(registry: string): Promise<readonly VersionSummary[]> {
  const { items } = JSON.parse(await read(`${registry}/versions?limit=200`)) as Page<VersionSummary>
  for (const version of items) await expectWhole(registry, version)
  return items
}

async function expectWhole(registry: string, { number, composes }: VersionSummary): Promise<void> {
  const address = `${registry}/versions/${number}`
  const { subgraphs, supergraphHash, errors } = JSON.parse(await read(address)) as VersionDetail
  for (const { name, hash } of subgraphs) {
    const text = await read(`${address}/subgraphs/${name}`)
    if (sha256(text) !== hash) throw new Error(`Version ${number}: ${name} is not what was published`)
  }
  if (!composes) {
    if (errors.length === 0 || supergraphHash !== null) throw new Error(`Version ${number} is half refused`)
    return
  }
  if (sha256(await read(`${address}/supergraph`)) !== supergraphHash) {
    throw new Error(`Version ${number} has another supergraph than it says`)
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
