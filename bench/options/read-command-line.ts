import { parseArgs } from 'node:util'
import { type HelpText, helpOf } from './help.ts'
import { flagOption, type Option } from './option.ts'
import { noFile } from './shared-options.ts'

/** Options by the names that a bench knows them by. */
export type OptionSet = Readonly<Record<string, Option<unknown>>>

/** What a bench says of itself. */
export interface BenchDescription<Options extends OptionSet> extends HelpText {
  /** Its folder. */
  readonly bench: string
  readonly options: Options
}

/** The values of options. */
export type OptionValues<Options extends OptionSet> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never
} & {
  /** Whether the result is written to `results/`. */
  readonly isKept: boolean
}

const help = flagOption('help', 'show this text')

/** The values that some words give; undefined when they ask for help. @throws Error that says what is wrong with them */
export function valuesOf<Options extends OptionSet>(
  { options }: BenchDescription<Options>,
  words: readonly string[],
): OptionValues<Options> | undefined {
  const all = [...Object.values(options), noFile, help]
  const { values } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      all.map(
        ({ word, argument }) => [word, { type: argument === undefined ? 'boolean' : 'string' }] as const,
      ),
    ),
  })
  if (help.read(values[help.word])) return undefined
  const read = Object.entries(options).map(([name, option]) => [name, option.read(values[option.word])])
  return { ...Object.fromEntries(read), isKept: !noFile.read(values[noFile.word]) } as OptionValues<Options>
}

/** Reads the command line of this process; shows the help and ends where that is asked for, or where a word is wrong. */
export function readCommandLine<Options extends OptionSet>(
  description: BenchDescription<Options>,
): OptionValues<Options> {
  try {
    const values = valuesOf(description, process.argv.slice(2))
    if (values) return values
    process.stdout.write(
      helpOf(description.bench, description, [...Object.values(description.options), noFile, help]),
    )
    process.exit(0)
  } catch (error) {
    process.stderr.write(
      `${(error as Error).message}\nnode bench/${description.bench}/main.ts --help shows all options.\n`,
    )
    process.exit(2)
  }
}
