/** One axis of a plot. */
export interface Axis {
  /** What it shows, with its unit. */
  readonly label: string
  /** Names in place of numbers: value 0 is the first. Without them the axis starts at zero. */
  readonly names?: readonly string[]
}

/** Where a value stands on an axis, and what is written along it. */
export interface Scale {
  /** From 0 at its start to 1 at its end. */
  readonly place: (value: number) => number
  readonly ticks: readonly { readonly value: number; readonly text: string }[]
}

const TICKS = 6

/** Fits an axis around values, none below zero. */
export function scaleOf({ names }: Axis, values: readonly number[]): Scale {
  return names ? namedScale(names) : plainScale(Math.max(...values))
}

/** Half a step of room at both ends. */
function namedScale(names: readonly string[]): Scale {
  return {
    place: (value) => (value + 0.5) / names.length,
    ticks: names.map((text, value) => ({ value, text })),
  }
}

/** From zero, by steps of 1, 2 or 5 of some power of ten. */
function plainScale(most: number): Scale {
  const rough = (most > 0 ? most : 1) / TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const count = Math.max(1, Math.ceil(most / step))
  return {
    place: (value) => value / (count * step),
    ticks: Array.from({ length: count + 1 }, (_, index) => tickOf(index * step)),
  }
}

function tickOf(value: number): Scale['ticks'][number] {
  return { value, text: value.toLocaleString('en-GB', { maximumSignificantDigits: 6 }) }
}
