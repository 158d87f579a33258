import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { ClusterError } from './errors.ts'

// Below what systems hand out for outgoing connections (from 32768 on Linux), so that it stays free between starts.
const FIRST_PORT = 20_000
const LAST_PORT = 32_000
const ATTEMPTS = 50

/** A free port of the loopback interface: the preferred one when nobody listens there. */
export async function choosePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(FIRST_PORT, LAST_PORT)
    if (await isFree(port)) return port
  }
  throw new ClusterError('PORT_TAKEN', `No port from ${FIRST_PORT} to ${LAST_PORT} was free on 127.0.0.1`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
