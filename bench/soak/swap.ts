import { renameSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { composeGraph } from '../gateway/graph/compose.ts'
import { subgraphs } from '../gateway/graph/subgraphs.ts'
import type { Answer } from '../http/post.ts'
import { post } from '../http/post.ts'

const EVERY_MS = 1000
const LOOK_MS = 50
const LONGEST_MS = 30_000
/** Only the second version has this field. */
const MORE = 'extend type Query { newest: String }'
const probe = JSON.stringify({ query: '{ newest }' })

/** What a series of swaps did. */
export interface Swaps {
  readonly written: number
  /** Versions that the gateway was seen to serve after they were written. */
  readonly seen: number
  /** From writing to serving, the longest. */
  readonly slowestMs: number
}

/** The graph, and the graph with one field more. */
export function versionsOf(address: string): readonly [string, string] {
  const { accounts, ...others } = subgraphs
  const typeDefs = `${accounts?.typeDefs}\n${MORE}`
  return [composeGraph(address, subgraphs), composeGraph(address, { accounts: { typeDefs }, ...others })]
}

/** Writes the two versions by turns, one a second, and looks whether each is served, until the time is over. */
export async function swapVersions(options: {
  readonly versions: readonly [string, string]
  readonly file: string
  readonly url: string
  readonly seconds: number
}): Promise<Swaps> {
  const { versions, file, url, seconds } = options
  const endsAt = performance.now() + seconds * 1000
  let written = 0
  let seen = 0
  let slowestMs = 0
  for (let nextAt = performance.now(); nextAt < endsAt; nextAt += EVERY_MS) {
    await sleep(Math.max(0, nextAt - performance.now()))
    const hasMore = written % 2 === 0
    // As a deployment does it: nobody reads half a file.
    writeFileSync(`${file}.new`, versions[hasMore ? 1 : 0])
    renameSync(`${file}.new`, file)
    written++
    const writtenAt = performance.now()
    const isLast = nextAt + EVERY_MS >= endsAt
    const until = writtenAt + (isLast ? LONGEST_MS : EVERY_MS - LOOK_MS)
    while (performance.now() < until) {
      if ((await servesMore(url)) === hasMore) {
        seen++
        slowestMs = Math.max(slowestMs, performance.now() - writtenAt)
        break
      }
      await sleep(LOOK_MS)
    }
  }
  return { written, seen, slowestMs }
}

/** Without the field the query is refused as invalid; with it the subgraph is asked, which does not know it. */
async function servesMore(url: string): Promise<boolean> {
  const text = await post(url, probe).catch((error: Error) => error.message)
  if (text.includes('GRAPHQL_VALIDATION_FAILED')) return false
  const { data, errors } = JSON.parse(text) as Answer
  if (data === undefined && errors === undefined) throw new Error(text)
  return true
}
