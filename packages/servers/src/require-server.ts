import { catalogue, type ServerName } from './catalogue.ts'
import { type FoundServer, findServer } from './find-server.ts'

/** The server, or an error that says how to get it. */
export async function requireServer(name: ServerName): Promise<FoundServer> {
  const found = await findServer(name)
  if (found) return found
  const { executables } = catalogue[name]
  throw new Error(
    `No ${executables.join(' or ')} was found. Run \`bin/headcount fetch-servers\`, or put one on PATH.`,
  )
}
