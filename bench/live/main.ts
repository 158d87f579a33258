// Live values to many subscribers, beside the least that a server can do and what others do. See ../README.md.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { divideCores } from '../processes/core.ts'
import { type Ground, runBench } from '../processes/run-bench.ts'
import { loadNow, show } from '../report/result.ts'
import { big, manyEvents, withQueries } from './alone.ts'
import { compare, type Found } from './compare.ts'
import { readOptions } from './read-options.ts'
import { remarks } from './remarks.ts'
import { openStage, type Stage } from './stage.ts'

const words = readOptions()
// A process of its own may run in another folder.
const options = { ...words, profile: words.profile === undefined ? undefined : resolve(words.profile) }
const { events, isBig, isAsking, transport, profile } = options
const isOnAllCores = isBig || events !== undefined

function measured(stage: Stage): Promise<Found> {
  if (events !== undefined) return manyEvents(stage, events, options)
  if (isBig) return big(stage, options)
  return isAsking ? withQueries(stage, options) : compare(stage, options)
}

async function bench(ground: Ground): Promise<void> {
  const loadBefore = loadNow()
  if (profile !== undefined) mkdirSync(profile, { recursive: true })
  const cores = isOnAllCores ? { prefix: [], text: 'Nothing was pinned to a core.' } : divideCores()
  const stage = await openStage(ground, { transport, prefix: cores.prefix })
  const { runs, text, tables, plots = [] } = await measured(stage)
  const bytes = Math.max(
    ...runs.flatMap(({ loads }) => loads.map(({ received: { bytes, received } }) => bytes / received)),
  )
  const way = transport === 'events' ? 'event streams' : 'graphql-transport-ws'
  const variant = [
    ...[events !== undefined && 'events', isBig && 'big', isAsking && 'queries'],
    transport === 'events' && 'event-streams',
  ].filter((word) => word !== false)
  show(
    {
      bench: 'live',
      variant: variant.length > 0 ? variant.join('-') : undefined,
      words: process.argv.slice(2),
      loadBefore,
      text: `${text}\n\nMessages of ${Math.round(bytes)} bytes through Redis, by ${way}; lag is from before PUBLISH until the subscriber has read, by one clock. ${cores.text} CPU time is that of all threads of the server as the scheduler counts it, with the kernel's part of sending.${profile === undefined ? '' : ' A CPU profile was taken, so that figures are higher.'} ${remarks(runs)}`,
      tables,
      plots,
    },
    options.isKept,
  )
}

await runBench(bench)
