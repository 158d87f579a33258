import { spawn } from 'node:child_process'

const LONGEST_OUTPUT = 64 * 1024

/** How a command ended. */
export interface CommandResult {
  /** Undefined where it could not be started or was ended by the deadline. */
  code: number | undefined
  /** Its output and its errors as they came, at most 64 kB. */
  output: string
  /** Whether there is no such executable. */
  isMissing: boolean
}

/** Runs a command without a shell. Never rejects. */
export function runCommand(
  command: string,
  args: readonly string[],
  { deadlineMs, env }: { deadlineMs: number; env?: NodeJS.ProcessEnv },
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
      ...(env ? { env } : {}),
    })
    const collect = (chunk: Buffer) => {
      if (output.length < LONGEST_OUTPUT) output += chunk.toString('utf8')
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (err: NodeJS.ErrnoException) =>
      resolve({ code: undefined, output: output || err.message, isMissing: err.code === 'ENOENT' }),
    )
    child.on('close', (code) => resolve({ code: code ?? undefined, output, isMissing: false }))
  })
}
