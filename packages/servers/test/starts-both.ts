import { join } from 'node:path'
import { startNats, startValkey } from '../src/index.ts'

// A process with two servers, started by a test, which kills it.
const [directory = ''] = process.argv.slice(2)
const nats = await startNats({ directory: join(directory, 'orphan-nats') })
const valkey = await startValkey({ directory: join(directory, 'orphan-valkey') })
process.send?.([{ pid: nats.pid }, { pid: valkey.pid }])
