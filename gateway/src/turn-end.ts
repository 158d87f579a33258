type Work = () => void

let waiting: Work[] = []
let spare: Work[] = []

function workAll(): void {
  const works = waiting
  // What this work puts off in its turn goes into another list.
  waiting = spare
  for (const work of works) work()
  works.length = 0
  spare = works
}

/**
 * Does work when all events that have come are handled. Sockets are written to here: a write wakes whoever reads at the
 * other end, which costs more than the rest of a small request. Written one after another, some dozen writes wake it once;
 * the two-fetch query of bench/gateway takes a third less of a core for it. With one request under way it is done at once.
 *
 * @param work must not throw
 */
export function atTurnEnd(work: Work): void {
  if (waiting.length === 0) setImmediate(workAll)
  waiting.push(work)
}
