/** A run of equal lines: where it is in one text, where in the other, and how many. */
export interface Match {
  readonly before: number
  readonly after: number
  readonly length: number
}

/** A part of both texts that is still to be compared; ends are exclusive. */
interface Part {
  readonly before: number
  readonly beforeEnd: number
  readonly after: number
  readonly afterEnd: number
}

type Lines = readonly string[]

/** Where the exact way would take more cells than this, a part counts as all replaced. */
const cellLimit = 1_000_000

/**
 * Equal lines of two texts, in order: the patience way. Lines that are unique in both hold the texts together, and what is
 * between two of them is compared by itself; so the time grows with the length and not with the number of differences.
 */
export function matchLines(before: Lines, after: Lines): Match[] {
  const matches: Match[] = []
  const parts: Part[] = [{ before: 0, beforeEnd: before.length, after: 0, afterEnd: after.length }]
  for (let part = parts.pop(); part; part = parts.pop()) {
    const inner = takeEnds(before, after, { part, matches })
    if (inner.before === inner.beforeEnd || inner.after === inner.afterEnd) continue
    const anchors = anchorsOf(before, after, inner)
    if (anchors.length > 0) parts.push(...partsAt(anchors, inner))
    else matches.push(...longestCommon(before, after, inner))
  }
  return matches.sort((one, other) => one.before - other.before)
}

/** Notes what is equal at the beginning and at the end; answers what is left. */
function takeEnds(before: Lines, after: Lines, { part, matches }: { part: Part; matches: Match[] }): Part {
  const most = Math.min(part.beforeEnd - part.before, part.afterEnd - part.after)
  let head = 0
  while (head < most && before[part.before + head] === after[part.after + head]) head += 1
  let tail = 0
  while (tail < most - head && before[part.beforeEnd - 1 - tail] === after[part.afterEnd - 1 - tail])
    tail += 1
  if (head > 0) matches.push({ before: part.before, after: part.after, length: head })
  if (tail > 0) matches.push({ before: part.beforeEnd - tail, after: part.afterEnd - tail, length: tail })
  return {
    before: part.before + head,
    beforeEnd: part.beforeEnd - tail,
    after: part.after + head,
    afterEnd: part.afterEnd - tail,
  }
}

/** Lines that are unique in both, as many as come in the same order. */
function anchorsOf(before: Lines, after: Lines, part: Part): Match[] {
  const here = uniqueLines(before, part.before, part.beforeEnd)
  const there = uniqueLines(after, part.after, part.afterEnd)
  const pairs: Match[] = []
  for (const [line, at] of here) {
    const other = there.get(line)
    if (at !== undefined && other !== undefined) pairs.push({ before: at, after: other, length: 1 })
  }
  return longestRising(pairs.sort((one, other) => one.before - other.before))
}

/** Line → where it is; undefined = it is there more than once. */
function uniqueLines(lines: Lines, from: number, to: number): Map<string, number | undefined> {
  const places = new Map<string, number | undefined>()
  for (let at = from; at < to; at += 1) {
    const line = lines[at] ?? ''
    places.set(line, places.has(line) ? undefined : at)
  }
  return places
}

/** The longest selection whose places rise in the other text too. */
function longestRising(pairs: readonly Match[]): Match[] {
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, { after }] of pairs.entries()) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[ends[middle] ?? 0]?.after ?? 0) < after) low = middle + 1
      else high = middle
    }
    previous[index] = ends[low - 1] ?? -1
    ends[low] = index
  }
  const rising: Match[] = []
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index]
    if (pair) rising.unshift(pair)
  }
  return rising
}

/** What is before the first anchor, and from each anchor to the next. */
function partsAt(anchors: readonly Match[], part: Part): Part[] {
  const starts = [{ before: part.before, after: part.after }, ...anchors]
  return starts.map(({ before, after }, index) => ({
    before,
    after,
    beforeEnd: starts[index + 1]?.before ?? part.beforeEnd,
    afterEnd: starts[index + 1]?.after ?? part.afterEnd,
  }))
}

/** The longest common subsequence of a small part. */
function longestCommon(before: Lines, after: Lines, part: Part): Match[] {
  const rows = part.beforeEnd - part.before
  const columns = part.afterEnd - part.after
  if (rows * columns > cellLimit) return []
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const cell = (row: number, column: number) => lengths[row * width + column] ?? 0
  const isEqual = (row: number, column: number) => before[part.before + row] === after[part.after + column]
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] = isEqual(row, column)
        ? cell(row + 1, column + 1) + 1
        : Math.max(cell(row + 1, column), cell(row, column + 1))
    }
  }
  const matches: Match[] = []
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (isEqual(row, column)) {
      matches.push({ before: part.before + row, after: part.after + column, length: 1 })
      row += 1
      column += 1
    } else if (cell(row + 1, column) >= cell(row, column + 1)) row += 1
    else column += 1
  }
  return matches
}
