interface Family {
  readonly head: string[]
  /** Sample without its value → value. */
  readonly samples: Map<string, number>
}

/** What tells of a process as such has no sense as a sum. */
const isOfOneProcess = /^(?:process|nodejs)_/

/** A point in time: of several workers' the latest counts. https://prometheus.io/docs/practices/naming/#base-units */
const isMoment = /_timestamp_seconds$/

/** `name{labels}` of one worker's sample. */
function ofWorker(key: string, worker: number): string {
  const label = `worker="${worker + 1}"`
  return key.endsWith('}') ? `${key.slice(0, -1)},${label}}` : `${key}{${label}}`
}

/** How the values of several workers become one. */
type Join = (one: number, other: number) => number

const add: Join = (one, other) => one + other

function addSample(line: string, family: Family, { worker, join }: { worker: number; join: Join }): void {
  const [, key, text] = /^(.*\S)\s+(\S+)$/.exec(line) ?? []
  if (key === undefined || text === undefined) return
  const name = isOfOneProcess.test(key) ? ofWorker(key, worker) : key
  // `+Inf`, as the format writes it, is no number to JavaScript.
  const value = Number(text.replace('Inf', 'Infinity'))
  const known = family.samples.get(name)
  family.samples.set(name, known === undefined ? value : join(known, value))
}

function print(value: number): string {
  return Math.abs(value) === Number.POSITIVE_INFINITY ? (value > 0 ? '+Inf' : '-Inf') : String(value)
}

type Families = ReadonlyMap<string, Family>

function readFamilies(texts: readonly string[], isShared: (name: string) => boolean): Families {
  const families = new Map<string, Family>()
  for (const [worker, text] of texts.entries()) {
    let family: Family = { head: [], samples: new Map() }
    let join = add
    for (const line of text.split('\n')) {
      const [, kind, name] = /^# (HELP|TYPE) (\S+)/.exec(line) ?? []
      if (kind === undefined || name === undefined) {
        if (line !== '') addSample(line, family, { worker, join })
        continue
      }
      family = families.get(name) ?? { head: [], samples: new Map() }
      families.set(name, family)
      join = isShared(name) || isMoment.test(name) ? Math.max : add
      if (!family.head.some((known) => known.startsWith(`# ${kind}`))) family.head.push(line)
    }
  }
  return families
}

function printFamilies(families: Families): string {
  const blocks = [...families.values()].map(({ head, samples }) =>
    [...head, ...[...samples].map(([key, value]) => `${key} ${print(value)}`), ''].join('\n'),
  )
  return blocks.join('\n')
}

const none = () => false

/**
 * One Prometheus text of those of several workers, as if they were one process: samples with the same name and labels
 * are added up, gauges too (open connections, requests under way). Those of a process as such (`process_…`, `nodejs_…`)
 * stay apart by a label; of those that `isShared` names by their family the largest counts, since all workers read the
 * same thing, and of points in time the latest. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function sumMetrics(texts: readonly string[], isShared: (name: string) => boolean = none): string {
  return printFamilies(readFamilies(texts, isShared))
}

/** What only grows, and what tells of a process as such begins anew with each. */
function isCounted([name, { head }]: readonly [string, Family]): boolean {
  return (
    !isOfOneProcess.test(name) && head.some((line) => /^# TYPE \S+ (?:counter|histogram|summary)$/.test(line))
  )
}

/** What of a worker's text still counts when the worker has ended: its counters and histograms. */
export function countersOf(text: string): string {
  return printFamilies(new Map([...readFamilies([text], none)].filter(isCounted)))
}
