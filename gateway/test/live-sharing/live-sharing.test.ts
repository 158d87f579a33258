import { inProcessTopics } from '@headcount/live'
import { createClient } from 'graphql-ws'
import { pino } from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type Random, random } from '../differential/random.ts'
import { atEnd, endAll } from '../http1-calls.ts'
import { type Answer, createTokens, serve } from '../support.ts'
import { asOfVersion, type RandomGraph, randomGraph, scopes } from './random-graph.ts'

afterEach(endAll)

/** Graphs that are drawn; more by `HEADCOUNT_LIVE_GRAPHS=200 vitest run gateway/test/live-sharing`. */
const graphs = Number(process.env.HEADCOUNT_LIVE_GRAPHS ?? 8)
const firstSeed = Number(process.env.HEADCOUNT_LIVE_SEED ?? 1)

interface Result {
  readonly data?: { readonly s?: { readonly seq: number } | null } | null
  readonly errors?: Answer['errors']
}

/** One subscriber, and what it was told last. */
interface Watcher {
  readonly selection: string
  readonly token: string
  latest: Result | undefined
  refusal: string | undefined
}

/** What may differ between two ways to the same answer: order of errors, words, ids of requests. */
function comparable({ data, errors = [] }: Result): unknown {
  const told = errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`)
  return { data: data ?? null, errors: told.sort() }
}

async function startWorld(graph: RandomGraph) {
  const topics = inProcessTopics({ log: pino({ level: 'silent' }) })
  const tokens = await createTokens()
  const served = await serve(graph.subgraphs, 'in-process', { tokens, topics, planner: 'apollo' })
  atEnd(async () => {
    await served.close()
    await topics.close()
  })
  return { topics, tokens, served }
}

type World = Awaited<ReturnType<typeof startWorld>>

async function watch(graph: RandomGraph, { tokens, served }: World, draw: Random): Promise<Watcher[]> {
  const selections = [true, true, false].map((isShared) => graph.selection(draw, isShared))
  const viewers = await Promise.all(
    Array.from({ length: 6 }, (_, at) => {
      const own = scopes.filter(() => draw.chance(0.6))
      const bound = draw.chance(0.3) ? { kind: 'device', event: draw.pick(['evt_1', 'evt_2']) } : {}
      const claims = { sub: `usr_${at}`, org: draw.pick(['org_1', 'org_1', 'org_2']), scope: own.join(' ') }
      return tokens.sign({ ...claims, ...bound })
    }),
  )
  return viewers.flatMap((token) => {
    const client = createClient({
      url: served.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { accessToken: token },
      retryAttempts: 0,
    })
    atEnd(() => client.dispose())
    return selections.map((selection) => {
      const watcher: Watcher = { selection, token, latest: undefined, refusal: undefined }
      client.subscribe(
        { query: `subscription { s: changed(id: "x") { ${selection} } }` },
        {
          next: (result) => {
            watcher.latest = result as Result
          },
          error: (errors) => {
            watcher.refusal = Array.isArray(errors) ? errors[0]?.extensions?.code : String(errors)
          },
          complete() {},
        },
      )
      return watcher
    })
  })
}

/** What the watcher gets when it asks for itself alone. */
async function unshared({ selection, token }: Watcher, { served }: World): Promise<Result> {
  const query = `{ s: state(id: "x") { ${selection} } }`
  const { body } = await served.post({ query }, { authorization: `Bearer ${token}` })
  return body as Result
}

async function checkAll(watchers: readonly Watcher[], world: World, version: number): Promise<void> {
  await vi.waitFor(
    () => {
      for (const { latest, refusal } of watchers) if (!refusal) expect(latest?.data?.s?.seq).toBe(version)
    },
    { timeout: 20_000, interval: 10 },
  )
  for (const watcher of watchers) {
    const own = await unshared(watcher, world)
    if (watcher.refusal) expect(own.errors?.[0]?.extensions.code).toBe(watcher.refusal)
    else expect(comparable(watcher.latest ?? {})).toEqual(comparable(own))
  }
}

async function groupsOf({ served }: World): Promise<number> {
  const text = await served.gateway.metrics()
  return Number(/^headcount_gateway_live_groups (\d+)/m.exec(text)?.[1])
}

let shared = 0

test.each(Array.from({ length: graphs }, (_, at) => firstSeed + at))(
  'nobody is told what it would not get alone: seed %i',
  async (seed) => {
    const draw = random(seed)
    const graph = randomGraph(draw)
    const world = await startWorld(graph)
    const watchers = await watch(graph, world, draw)
    await checkAll(watchers, world, 1)
    for (let version = 2; version <= 4; version += 1) {
      graph.version = version
      for (const organization of ['org_1', 'org_2']) {
        const data = draw.chance(0.7) ? { data: graph.messageData(organization, version) } : {}
        await world.topics.publish(`org:${organization}:state:x`, {
          seq: version,
          asOf: asOfVersion(version),
          ...data,
        })
      }
      await checkAll(watchers, world, version)
    }
    const listening = watchers.filter(({ refusal }) => !refusal).length
    shared += listening - (await groupsOf(world))
  },
  120_000,
)

test('some of them did share', () => {
  expect(shared).toBeGreaterThan(0)
})
