/** The part of the Web Locks API that is used; see https://www.w3.org/TR/web-locks/ */
export interface Locks {
  request<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}

/** Runs one piece of work after the other. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * Turns of all windows of a browser by Web Locks; where there are none, of this window alone: then no second window may
 * have the queue open.
 */
export function takeTurns(name: string, locks: Locks | undefined = webLocks()): Turns {
  if (locks) return (work) => locks.request(name, work)
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    // The next one's turn comes whatever became of this one; who asked for it hears of its failure.
    last = turn.catch(() => undefined)
    return turn
  }
}

function webLocks(): Locks | undefined {
  return (globalThis as { navigator?: { locks?: Locks } }).navigator?.locks
}
