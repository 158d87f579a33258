import { readServersConfig } from '../src/config.ts'
import { fetchServers } from '../src/fetch-servers.ts'

/**
 * Gets the real servers for tests, from the network if it must. Answers undefined where they are there, else
 * the reason for a skip and the command that would help. In a continuous integration it rejects instead.
 */
export async function serversOrSkip(): Promise<string | undefined> {
  try {
    await fetchServers()
    return undefined
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err)
    const help = `${reason} Then: bin/headcount fetch-servers`
    if (readServersConfig().isCi) throw new Error(help, { cause: err })
    return help
  }
}

/** The title of a suite, with the reason where it is skipped. */
export function titled(title: string, skipReason: string | undefined): string {
  return skipReason === undefined ? title : `${title} [skipped: ${skipReason}]`
}
