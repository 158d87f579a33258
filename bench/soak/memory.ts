import { median } from '../load/percentile.ts'
import type { RunningProgram } from '../processes/start-program.ts'

/** Resident memory at a moment. */
export interface Sample {
  readonly seconds: number
  readonly megabytes: number
}

/** Samples the resident memory of the largest process of a program so often until it is told to stop. */
export function sampleMemory(program: RunningProgram, everyMs: number): () => readonly Sample[] {
  const samples: Sample[] = []
  const startedAt = performance.now()
  const sample = () =>
    samples.push({
      seconds: (performance.now() - startedAt) / 1000,
      megabytes: program.usage().largestResidentBytes / 1_000_000,
    })
  sample()
  const timer = setInterval(sample, everyMs)
  return () => {
    clearInterval(timer)
    sample()
    return samples
  }
}

/** How memory went. */
export interface Course {
  readonly firstMegabytes: number
  readonly mostMegabytes: number
  readonly lastMegabytes: number
  /** Of the second half, by least squares: what is warm by then grows no more. */
  readonly megabytesPerMinute: number
  /** Medians of each tenth of the time. */
  readonly tenths: readonly number[]
}

/** Describes the samples. */
export function courseOf(samples: readonly Sample[]): Course {
  const sizes = samples.map(({ megabytes }) => megabytes)
  const end = samples.at(-1)?.seconds ?? 0
  const tenths = Array.from({ length: 10 }, (_, tenth) => {
    const isIn = ({ seconds }: Sample) => seconds >= (tenth * end) / 10 && seconds <= ((tenth + 1) * end) / 10
    return median(samples.filter(isIn).map(({ megabytes }) => megabytes))
  })
  return {
    firstMegabytes: sizes[0] ?? Number.NaN,
    mostMegabytes: Math.max(...sizes),
    lastMegabytes: sizes.at(-1) ?? Number.NaN,
    megabytesPerMinute: slope(samples.filter(({ seconds }) => seconds >= end / 2)) * 60,
    tenths,
  }
}

/** Megabytes a second. */
function slope(samples: readonly Sample[]): number {
  const mean = (value: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + value(sample), 0) / samples.length
  const seconds = mean((sample) => sample.seconds)
  const megabytes = mean((sample) => sample.megabytes)
  const together = mean((sample) => (sample.seconds - seconds) * (sample.megabytes - megabytes))
  return together / mean((sample) => (sample.seconds - seconds) ** 2)
}
