/** One option of a command line. */
export interface Option<Value> {
  /** As one writes it, without the dashes. */
  readonly word: string
  /** What stands for its value in the help; undefined = it takes none. */
  readonly argument: string | undefined
  readonly says: string
  /** What happens without it, and what it takes, for the help. */
  readonly range: string
  /** Its value. @throws Error that says what it takes */
  readonly read: (given: string | boolean | undefined) => Value
}

/** What a number may be, and what it is without its option. */
export interface NumberRange<Fallback extends number | undefined> {
  /** Undefined = the bench decides. */
  readonly fallback: Fallback
  readonly minimum: number
  readonly maximum: number
  readonly isWhole?: boolean
}

const counted = (value: number) => value.toLocaleString('en-GB')

/** `--rounds 3`. */
export function numberOption<Fallback extends number | undefined>(
  word: string,
  says: string,
  range: NumberRange<Fallback>,
): Option<number | Fallback> {
  const { fallback, minimum, maximum, isWhole = false } = range
  const takes = `${isWhole ? 'a whole number' : 'a number'} from ${counted(minimum)} to ${counted(maximum)}`
  return {
    word,
    says,
    argument: 'N',
    range: `${fallback === undefined ? '' : `default ${counted(fallback)}; `}${counted(minimum)} to ${counted(maximum)}`,
    read(given) {
      if (typeof given !== 'string') return fallback
      const value = given.trim() === '' ? Number.NaN : Number(given)
      if (value >= minimum && value <= maximum && (!isWhole || Number.isInteger(value))) return value
      throw new Error(`--${word} is "${given}"; it takes ${takes}.`)
    },
  }
}

/** `--own-load`. */
export function flagOption(word: string, says: string): Option<boolean> {
  return { word, says, argument: undefined, range: '', read: (given) => given === true }
}

/** `--profile FOLDER`; undefined without it. */
export function textOption(word: string, argument: string, says: string): Option<string | undefined> {
  return { word, says, argument, range: '', read: (given) => (typeof given === 'string' ? given : undefined) }
}

/** `--queries q1,q3`: known words, in the order in which they are known; all of them without it. */
export function listOption<Word extends string>(
  word: string,
  says: string,
  known: readonly Word[],
): Option<readonly Word[]> {
  return {
    word,
    says,
    argument: 'LIST',
    range: `default all of ${known.join(',')}`,
    read(given) {
      if (typeof given !== 'string') return known
      const words = given.split(',')
      const unknown = words.filter((one) => !known.some((other) => other === one))
      if (unknown.length === 0) return known.filter((one) => words.includes(one))
      throw new Error(
        `--${word} has "${unknown.join(', ')}"; it takes words of ${known.join(', ')}, with commas.`,
      )
    },
  }
}

/** `--transport events`: one of the known words; the first one without it. */
export function wordOption<Word extends string>(
  word: string,
  says: string,
  known: readonly [Word, ...Word[]],
): Option<Word> {
  return {
    word,
    says,
    argument: 'WORD',
    range: `default ${known[0]}; ${known.join(' or ')}`,
    read(given) {
      if (typeof given !== 'string') return known[0]
      const found = known.find((one) => one === given)
      if (found !== undefined) return found
      throw new Error(`--${word} is "${given}"; it takes ${known.join(' or ')}.`)
    },
  }
}

/** What the numbers of a list may be, and how one writes some. */
export interface NumbersRange {
  readonly minimum: number
  readonly maximum: number
  readonly example: string
}

/** `--rows 1e4,1e6`: whole numbers that rise; none without it. */
export function numbersOption(
  word: string,
  says: string,
  { minimum, maximum, example }: NumbersRange,
): Option<readonly number[]> {
  const limits = `${counted(minimum)} to ${counted(maximum)}`
  return {
    word,
    says,
    argument: 'LIST',
    range: `such as ${example}; rising, ${limits}`,
    read(given) {
      if (typeof given !== 'string') return []
      const numbers = given.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
      const isGood = numbers.every(
        (number, index) =>
          Number.isInteger(number) &&
          number >= minimum &&
          number <= maximum &&
          number > (numbers[index - 1] ?? 0),
      )
      if (isGood) return numbers
      throw new Error(
        `--${word} is "${given}"; it takes whole numbers from ${limits} that rise, with commas: ${example}.`,
      )
    },
  }
}
