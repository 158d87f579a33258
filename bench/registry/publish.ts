import { setTimeout as sleep } from 'node:timers/promises'
import type { PublishRequest } from '@headcount/registry-api'
import { request } from 'undici'
import { federation } from '../gateway/graph/compose.ts'
import { subgraphs } from '../gateway/graph/subgraphs.ts'
import { post } from '../http/post.ts'
import { token } from './programs.ts'

/** Between two looks at a gateway. */
const LOOK_MS = 5
const LONGEST_MS = 60_000

/** The fields that only the one and only the other of the two versions has. */
export const marks = ['even', 'odd'] as const

type Mark = (typeof marks)[number]

/** Where things are. */
export interface Addresses {
  /** Base of the registry's API. */
  readonly registry: string
  readonly gateways: readonly string[]
  /** Of the subgraphs, each at its name below it. */
  readonly responder: string
}

/** How long a publish took, in milliseconds from its sending. */
export interface Publish {
  readonly answeredMs: number
  /** Until each gateway answered with what only the new version has. */
  readonly servedMs: readonly number[]
}

function subgraphOf({ responder }: Addresses, name: string, more: string) {
  const sdl = `${federation}\n${subgraphs[name]?.typeDefs}\n${more}`
  return { name, url: `${responder}/${name}`, sdl }
}

async function send(registry: string, body: PublishRequest): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await request(`${registry}/versions`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`The publish was answered ${answer.statusCode}: ${text}`)
}

const versionOf = (addresses: Addresses, mark: Mark) =>
  subgraphOf(addresses, 'accounts', `extend type Query { ${mark}: String }`)

/** Publishes all subgraphs, with the first mark. */
export function publishAll(addresses: Addresses): Promise<void> {
  const others = Object.keys(subgraphs).filter((name) => name !== 'accounts')
  return send(addresses.registry, {
    subgraphs: [versionOf(addresses, marks[0]), ...others.map((name) => subgraphOf(addresses, name, ''))],
  })
}

/** Publishes a version of one subgraph and waits until all gateways serve it. */
export async function publish(addresses: Addresses, mark: Mark): Promise<Publish> {
  const sentAt = performance.now()
  const since = () => performance.now() - sentAt
  const served = addresses.gateways.map((url) => untilServed(url, mark).then(since))
  const answered = send(addresses.registry, { subgraphs: [versionOf(addresses, mark)] }).then(since)
  return { answeredMs: await answered, servedMs: await Promise.all(served) }
}

/** Without the field the query is refused as invalid; with it the subgraph is asked, which does not know it. */
async function untilServed(url: string, mark: Mark): Promise<void> {
  const body = JSON.stringify({ query: `{ ${mark} }` })
  for (const until = performance.now() + LONGEST_MS; performance.now() < until; await sleep(LOOK_MS)) {
    const text = await post(url, body)
    if (!text.includes('GRAPHQL_VALIDATION_FAILED')) return
  }
  throw new Error(`${url} does not serve a version ${LONGEST_MS / 1000} s after it was sent.`)
}
