import { pino } from 'pino'
import { natsBus } from '../src/index.ts'

// A service that takes a message and never comes to an end with it; started by a test, which kills it.
const [url = '', event = ''] = process.argv.slice(2)
const bus = natsBus({ url, log: pino({ level: 'silent' }) })
await bus.subscribe({
  consumer: 'gates',
  subjects: [`org.*.event.${event}.>`],
  handle(message) {
    process.send?.(message.id)
    return new Promise(() => undefined)
  },
})
