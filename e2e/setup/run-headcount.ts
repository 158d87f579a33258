import { type LaunchOptions, launch } from './launch.ts'

/** What a command of `headcount` came to. */
export interface CommandResult {
  /** Its exit code; null after a signal. */
  readonly code: number | null
  /** All that it printed. */
  readonly output: string
}

/** Runs a command of `headcount` that ends by itself. */
export async function runHeadcount(options: LaunchOptions): Promise<CommandResult> {
  const launched = launch(options)
  const { code } = await launched.ended
  return { code, output: launched.output() }
}
