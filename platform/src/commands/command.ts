import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Where a command reads and writes. */
export interface Terminal {
  out(line: string): void
  err(line: string): void
  /** The environment that the command was called in. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The folder that it was called in. */
  readonly folder: string
}

/** A command of `headcount`. */
export interface Command {
  /** The whole text of `--help`. */
  readonly help: string
  /** Does it and answers the exit code. */
  run(argv: readonly string[], terminal: Terminal): Promise<number>
}

/** The command line is wrong: the message says what was given and what would be accepted. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reads options by Node's own rules. @throws UsageError for one that there is not, or that lacks its value */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values
  } catch (error) {
    const [sentence = 'Wrong options'] = (error instanceof Error ? error.message : String(error)).split(
      /\. |\n/,
    )
    throw new UsageError(`${sentence.replace(/\.$/, '')}. Known options: ${known(options)}.`)
  }
}

function known(options: NonNullable<ParseArgsConfig['options']>): string {
  return Object.keys(options)
    .map((name) => `--${name}`)
    .join(', ')
}

/** A TCP port in an option's text. @throws UsageError */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new UsageError(`--port is "${text}"; it takes a number from 0 to 65535.`)
  }
  return port
}

/** A number of processes in an option's text. @throws UsageError */
export function readWorkers(text: string): number {
  const count = Number(text)
  if (/^\d{1,3}$/.test(text) && count >= 1 && count <= 256) return count
  throw new UsageError(`--workers is ${JSON.stringify(text)}; it takes a number from 1 to 256.`)
}
