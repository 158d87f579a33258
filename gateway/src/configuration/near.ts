/** Letters to insert, drop, change or swap to make one word of the other. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      const cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (isSame ? 0 : 1))
      row.push(isSwapped ? Math.min(cost, at(i - 2, j - 2) + 1) : cost)
    }
  }
  return at(one.length, other.length)
}

/** The known word that somebody most likely meant, if one is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, '')
  const most = Math.max(1, Math.floor(word.length / 3))
  const ranked = known
    .map((name) => ({ name, far: distance(plain(word), plain(name)) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far)
  return ranked[0]?.name
}
