import type { Answer, Question, Usage } from './message.ts'

/** What a child can be asked, by name. */
export type Answers = Readonly<Record<string, (argument: never) => unknown>>

/** Answers the process that started this one, and ends when that one lets go or is gone. */
export function answerParent(answers: Answers, end: () => Promise<void> | void = () => {}): void {
  const all: Answers = { usage, ...answers }
  process.on('message', async ({ id, name, argument }: Question) => {
    process.send?.(await answerTo(id, async () => all[name]?.(argument as never)))
  })
  process.once('disconnect', async () => {
    await end()
    // What still holds the process open (idle connections) is of no use any more.
    process.exit(0)
  })
  // Ctrl-C reaches every process of the terminal: the one that started this one decides.
  process.on('SIGINT', () => {})
}

async function answerTo(id: number, work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { id, value: await work() }
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMicros: user + system, residentBytes: process.memoryUsage.rss() }
}
