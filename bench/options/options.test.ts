import { expect, test } from 'vitest'
import { helpOf } from './help.ts'
import { flagOption, listOption, numberOption, numbersOption, textOption, wordOption } from './option.ts'
import { valuesOf } from './read-command-line.ts'

const description = {
  bench: 'example',
  about: 'Measures an example.',
  takes: 'About a minute.',
  options: {
    rounds: numberOption('rounds', 'how often', { fallback: 3, minimum: 1, maximum: 20, isWhole: true }),
    minutes: numberOption('minutes', 'how long', { fallback: undefined, minimum: 0.1, maximum: 10 }),
    inFlight: numberOption('in-flight', 'at once', { fallback: 1000, minimum: 1, maximum: 20_000 }),
    isSwap: flagOption('swap', 'swaps'),
    folder: textOption('profile', 'FOLDER', 'a profile'),
    queries: listOption('queries', 'which', ['q1', 'q2', 'q3']),
    sizes: numbersOption('sizes', 'how many', { minimum: 10, maximum: 1e4, example: '20,1e3' }),
    way: wordOption('way', 'how', ['up', 'down']),
  },
  examples: [['--rounds 1', 'A first look.']],
} as const

test('without words each option has its default, and the result is kept', () => {
  expect(valuesOf(description, [])).toEqual({
    rounds: 3,
    minutes: undefined,
    inFlight: 1000,
    isSwap: false,
    folder: undefined,
    queries: ['q1', 'q2', 'q3'],
    sizes: [],
    way: 'up',
    isKept: true,
  })
})

test('words reach the options whose they are; a list keeps the known order', () => {
  const words =
    '--rounds 5 --minutes 0.3 --in-flight 8 --swap --profile there --queries q3,q1 --sizes 100,5e3 --way down --no-file'
  expect(valuesOf(description, words.split(' '))).toEqual({
    rounds: 5,
    minutes: 0.3,
    inFlight: 8,
    isSwap: true,
    folder: 'there',
    queries: ['q1', 'q3'],
    sizes: [100, 5000],
    way: 'down',
    isKept: false,
  })
})

test.each([
  ['--rounds 0', '--rounds is "0"; it takes a whole number from 1 to 20.'],
  ['--rounds 1.5', '--rounds is "1.5"; it takes a whole number from 1 to 20.'],
  ['--rounds=', '--rounds is ""; it takes a whole number from 1 to 20.'],
  ['--in-flight many', '--in-flight is "many"; it takes a number from 1 to 20,000.'],
  ['--queries q1,q4', '--queries has "q4"; it takes words of q1, q2, q3, with commas.'],
  ['--way left', '--way is "left"; it takes up or down.'],
  [
    '--sizes 100,50',
    '--sizes is "100,50"; it takes whole numbers from 10 to 10,000 that rise, with commas: 20,1e3.',
  ],
  ['--sizes 5', '--sizes is "5"'],
  ['--fast', "Unknown option '--fast'"],
])('%s is refused with what would be taken', (words, message) => {
  expect(() => valuesOf(description, words.split(' '))).toThrow(message)
})

test('the help is asked for by --help, also beside words that are wrong', () => {
  expect(valuesOf(description, ['--rounds', '0', '--help'])).toBeUndefined()
})

test('the help says what is measured, every option with its default and limits, and what to try', () => {
  const help = helpOf('example', description, Object.values(description.options))
  expect(help).toBe(`Usage: node bench/example/main.ts [options]

Measures an example.

  --rounds N         how often (default 3; 1 to 20)
  --minutes N        how long (0.1 to 10)
  --in-flight N      at once (default 1,000; 1 to 20,000)
  --swap             swaps
  --profile FOLDER   a profile
  --queries LIST     which (default all of q1,q2,q3)
  --sizes LIST       how many (such as 20,1e3; rising, 10 to 10,000)
  --way WORD         how (default up; up or down)

About a minute.

Try:
  node bench/example/main.ts --rounds 1
      A first look.
`)
})

test('no line of the help is longer than 100 characters', () => {
  const about = 'word '.repeat(60).trim()
  const lines = helpOf('example', { ...description, about }, [flagOption('swap', about)]).split('\n')
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100)
  expect(lines.length).toBeGreaterThan(10)
})
