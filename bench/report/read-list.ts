/** An option's words, in the order in which they are known; all without the option. @throws Error that says what it takes */
export function readList<Word extends string>(
  option: string,
  text: string | undefined,
  known: readonly Word[],
): readonly Word[] {
  if (text === undefined) return known
  const words = text.split(',')
  const unknown = words.filter((word) => !known.some((one) => one === word))
  if (unknown.length > 0) {
    throw new Error(
      `--${option} has "${unknown.join(', ')}"; it takes words of ${known.join(', ')}, with commas.`,
    )
  }
  return known.filter((word) => words.includes(word))
}
