import { openDatabase } from '@headcount/database'
import { appendToOutbox } from '../src/index.ts'

// A service that dies between its commit and the publication; started by a test.
const [url = ''] = process.argv.slice(2)
const database = openDatabase({ url })
await database.transaction((tx) =>
  appendToOutbox(tx, [
    {
      id: 'msg_killed',
      subject: 'org.org_1.event.evt_1.event.changed',
      organizationId: 'org_1',
      payload: { id: 'evt_1', version: 7 },
    },
  ]),
)
process.kill(process.pid, 'SIGKILL')
