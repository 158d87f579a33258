import { connect } from 'node:net'

const DEADLINE_MS = 2000
const usualPorts: Readonly<Record<string, number>> = { nats: 4222, tls: 4222, redis: 6379, rediss: 6379 }

/**
 * Whether somebody listens at the address that a setting names: nothing where somebody does, else one sentence. Only the
 * host and the port are shown, since an address may carry a password.
 */
export async function unreachable(setting: string, url: string): Promise<string[]> {
  const { hostname, port, protocol } = new URL(url)
  const at = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || usualPorts[protocol.slice(0, -1)],
  }
  const fault = await new Promise<string | undefined>((resolve) => {
    const socket = connect({ ...at, port: at.port ?? 0, timeout: DEADLINE_MS })
    const end = (reason?: string) => {
      socket.destroy()
      resolve(reason)
    }
    socket.once('connect', () => end())
    socket.once('timeout', () => end(`no answer within ${DEADLINE_MS / 1000} s`))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
  })
  if (fault === undefined) return []
  return [
    `${setting} names ${at.host}:${at.port}, where nobody answers (${fault}). Start that server, or unset it.`,
  ]
}
