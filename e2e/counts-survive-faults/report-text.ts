import type { RunReport } from './run-under-faults.ts'

/** What was asked for. */
export interface Asked {
  readonly seed: number
  readonly minutes: number
}

/** A run's report for people. */
export function reportText(
  { findings, faults, journal, errors }: Pick<RunReport, 'findings' | 'faults' | 'journal' | 'errors'>,
  { seed, minutes }: Asked,
): string {
  const kinds = Map.groupBy(faults, ({ machine, manner }) => `${machine} ${manner}`)
  const healing = faults.map(({ from, to }) => to - from).toSorted((a, b) => a - b)
  const middle = healing[Math.floor(healing.length / 2)] ?? 0
  const lines = [
    `Seed ${seed}, ${minutes} minutes of faults: ${journal.issued.size} attempts, ${journal.online.length} answered online, ${journal.uploads.length} uploaded, ${journal.deaths.length} tickets died, ${journal.done.length} other mutations.`,
    `Faults: ${faults.length}; ready again after ${seconds(middle)} in the middle, ${seconds(healing.at(-1) ?? 0)} at most.`,
    ...[...kinds].toSorted().map(([kind, list]) => `  ${kind}: ${list.length}`),
    ...findings.flatMap(({ rule, promise, numbers, broken }) => [
      `${broken.length === 0 ? 'holds ' : 'BROKEN'} ${rule.padEnd(7)} ${promise} (${numbers})`,
      ...broken.map((line) => `         ${line}`),
    ]),
    ...[...errors].map(([message, count]) => `logged as an error: ${message} ${count}`),
  ]
  return `${lines.join('\n')}\n`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
