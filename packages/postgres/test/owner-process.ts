import { startCluster } from '../src/index.ts'

// A process that owns a cluster, for the tests to kill. Prints one line of JSON, stops the server on any input.
const report = (fields: object) => process.stdout.write(`${JSON.stringify(fields)}\n`)
const [dataDirectory = ''] = process.argv.slice(2)
try {
  const cluster = await startCluster({ dataDirectory })
  process.stdin.once('data', () => void cluster.stop().then(() => process.exit()))
  report({ isAdopted: cluster.isAdopted, url: cluster.url('postgres') })
} catch (error) {
  const { code, message } = error as { code?: string; message: string }
  report({ code, message })
  process.exitCode = 1
}
