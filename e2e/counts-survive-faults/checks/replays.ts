import { occupancyOf } from '../../setup/counts.ts'
import type { Sql } from '../../setup/ledger.ts'
import type { Scanner } from '../../setup/venue.ts'
import { ONLINE } from '../answer-selections.ts'
import type { Ground } from '../ground.ts'
import type { Done, Journal, OnlineAnswer } from '../journal.ts'
import type { SeededRandom } from '../seeded-random.ts'
import { untilAnswered } from '../until-answered.ts'
import { uploadOnce } from '../upload.ts'
import { type Finding, finding } from './finding.ts'
import { hashPrefix } from './read-ledger.ts'

const AT_ONCE = 24
const BATCH = 200

/** What is played again. */
export interface ReplayParts {
  readonly sql: Sql
  readonly ground: Ground
  readonly journal: Journal
  readonly random: SeededRandom
}

/** I6: everything that was acknowledged is sent once more, in another order; the answers are the same and nothing changes. */
export async function checkReplays(parts: ReplayParts): Promise<Finding> {
  const { sql, ground, journal, random } = parts
  const picture = async () => JSON.stringify(await occupancyOf(ground.organiser, ground.eventId))
  const before = { hash: await hashPrefix(sql, ground.eventId), picture: await picture() }
  const broken: string[] = []
  await eachOf(random.shuffled(journal.online), async ({ by, attempt, answer }) => {
    const question = { field: 'recordScan', input: attempt, selection: ONLINE }
    const again = await untilAnswered<OnlineAnswer>(by, question, { journal })
    broken.push(...difference({ ...answer, replayed: true }, again))
  })
  const batches = batchesOf(parts)
  await eachOf(batches, async (batch) => broken.push(...(await replayUpload(batch, parts))))
  await eachOf(journal.done, async ({ by, answer, ...question }) => {
    const again = await untilAnswered<Done['answer']>(by, question, { journal })
    broken.push(...difference(answer, again))
  })
  const after = { hash: await hashPrefix(sql, ground.eventId), picture: await picture() }
  broken.push(...difference(before, after))
  return finding({
    rule: 'I6',
    promise: 'whatever is sent again is answered as at first and changes nothing',
    numbers: `${journal.online.length} scans, ${journal.uploads.length} uploaded ones in ${batches.length} batches, ${journal.done.length} other mutations`,
    broken,
  })
}

function difference(first: unknown, again: unknown): string[] {
  const [one, other] = [JSON.stringify(first), JSON.stringify(again)]
  return one === other ? [] : [`first ${one}, again ${other}`]
}

type Uploads = Journal['uploads']

function batchesOf({ journal, random }: ReplayParts): Uploads[] {
  const batches: Uploads[] = []
  for (const own of Map.groupBy(journal.uploads, ({ by }) => by).values()) {
    const left = random.shuffled(own)
    while (left.length > 0) batches.push(left.splice(0, BATCH))
  }
  return batches
}

async function replayUpload(batch: Uploads, { journal }: ReplayParts): Promise<string[]> {
  const [first] = batch
  if (!first) return []
  const lane = { scanner: first.by as Scanner, clockMs: 0 }
  const broken: string[] = []
  for (let waiting = batch; waiting.length > 0; ) {
    const scans = waiting.map(({ attempt }) => attempt)
    const { results } = await uploadOnce(lane, scans, journal)
    const isLater = (index: number) => results[index]?.status === 'RETRY'
    broken.push(
      ...waiting.flatMap(({ answer }, index) =>
        isLater(index) ? [] : difference({ ...answer, status: 'REPLAYED' }, results[index]),
      ),
    )
    waiting = waiting.filter((_, index) => isLater(index))
  }
  return broken
}

/** Does something for each, a few at a time. */
async function eachOf<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const left = items.values()
  const worker = async () => {
    for (const item of left) await act(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
