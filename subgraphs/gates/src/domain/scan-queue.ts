/** Something about the items of a batch, not the database, made it fail. */
export class RowFault extends Error {
  constructor(cause: unknown) {
    super('a batch failed by one of its items', { cause })
    this.name = 'RowFault'
  }
}

/** What {@link createScanQueue} needs. */
export interface ScanQueueOptions<Item, Answer> {
  /** Handles the items of one key together; answers in their order. Throws RowFault where an item is to blame. */
  readonly run: (key: string, items: readonly Item[]) => Promise<readonly Answer[]>
  /** The most items of one batch. */
  readonly maximumBatch: number
  /** The most items that wait for one key; more are refused. */
  readonly maximumWaiting: number
  /** How many batches run at once, each of another key. */
  readonly concurrency: number
}

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/** Groups items by key: what came while the last batch of a key ran is its next batch. There is no timer. */
export interface ScanQueue<Item, Answer> {
  /** Resolves with the item's answer; undefined, at once, where the key's queue is full. */
  submit(key: string, item: Item): Promise<Answer> | undefined
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>
}

/**
 * Makes a queue. A batch that fails by an item is run again one by one, so that a bad item fails alone; it rejects with
 * that RowFault.
 */
export function createScanQueue<Item, Answer>(
  options: ScanQueueOptions<Item, Answer>,
): ScanQueue<Item, Answer> {
  const { run, maximumBatch, maximumWaiting, concurrency } = options
  const lanes = new Map<string, Waiting<Item, Answer>[]>()
  // Keys that have items and no batch under way, in the order in which they became so.
  const ready: string[] = []
  let idlers: (() => void)[] = []
  let running = 0

  function pump(): void {
    while (running < concurrency) {
      const key = ready.shift()
      if (key === undefined) break
      running += 1
      void runBatch(key).finally(() => {
        running -= 1
        if (lanes.get(key)?.length) ready.push(key)
        else lanes.delete(key)
        pump()
      })
    }
    if (running > 0 || ready.length > 0) return
    setImmediate(callAll, idlers)
    idlers = []
  }

  async function runBatch(key: string): Promise<void> {
    const batch = lanes.get(key)?.splice(0, maximumBatch) ?? []
    const fault = await settle(batch, (items) => run(key, items))
    if (!(fault instanceof RowFault)) return rejectAll(batch, fault)
    // One alone is tried again too: what was in its way (another transaction's row) may be visible by now.
    for (const [index, one] of batch.entries()) {
      const error = await settle([one], (items) => run(key, items))
      if (error instanceof RowFault) one.reject(error)
      else if (error !== undefined) return rejectAll(batch.slice(index), error)
    }
  }

  return {
    submit(key, item) {
      const lane = lanes.get(key)
      if (lane && lane.length >= maximumWaiting) return undefined
      return new Promise((resolve, reject) => {
        const waiting = { item, resolve, reject }
        if (lane) {
          lane.push(waiting)
          return
        }
        lanes.set(key, [waiting])
        ready.push(key)
        pump()
      })
    },
    async idle() {
      await new Promise<void>((resolve) => {
        idlers.push(resolve)
        pump()
      })
    },
  }
}

/**
 * Runs the items and hands out their answers; answers what it failed with. Hot path: they are handed out at the turn's
 * end, when the next batch is on its way to the database, so that it and what follows from the answers go on together.
 */
async function settle<Item, Answer>(
  batch: readonly Waiting<Item, Answer>[],
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<unknown> {
  try {
    const answers = await run(batch.map(({ item }) => item))
    setImmediate(() => {
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer)
    })
    return undefined
  } catch (error) {
    return error
  }
}

function rejectAll<Item, Answer>(batch: readonly Waiting<Item, Answer>[], error: unknown): void {
  if (error === undefined) return
  for (const { reject } of batch) reject(error)
}

function callAll(works: readonly (() => void)[]): void {
  for (const work of works) work()
}
