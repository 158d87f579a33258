// What is measured: two gateways in one process, one that reports usage and one that does not. Arguments: supergraph file,
// the registry's address, interval of reports in milliseconds, port without usage, port with.
import { once } from 'node:events'
import { pino } from 'pino'
import { createGateway, httpUsageSink, serveGateway } from '../../gateway/src/index.ts'

const [file = '', registry = '', intervalMs, ...ports] = process.argv.slice(2)
const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: false }))
const usages = [undefined, { sink: httpUsageSink({ url: registry }), intervalMs: Number(intervalMs) }]

const serving = await Promise.all(
  usages.map(async (usage, index) => {
    const gateway = await createGateway({
      supergraph: { file },
      deduplication: { upstream: false },
      usage,
      log,
    })
    return serveGateway(gateway, { host: '127.0.0.1', port: Number(ports[index]), drainTimeoutMs: 1_000 })
  }),
)
await once(process, 'SIGTERM')
await Promise.all(serving.map((one) => one.stop()))
