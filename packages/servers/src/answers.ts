import { connect } from 'node:net'

/** Whether what listens on the port says a text, within a second of being connected (and sent something). */
export function answers(port: number, { send, expect }: { send?: string; expect: string }): Promise<boolean> {
  return new Promise((resolve) => {
    let received = ''
    const socket = connect({ host: '127.0.0.1', port })
    const end = (isAnswer: boolean) => {
      socket.destroy()
      resolve(isAnswer)
    }
    socket.setTimeout(1000, () => end(false))
    socket.on('connect', () => {
      if (send !== undefined) socket.write(send)
    })
    socket.on('data', (chunk) => {
      received = (received + chunk.toString('latin1')).slice(-8192)
      if (received.includes(expect)) end(true)
    })
    socket.on('error', () => end(false))
    socket.on('close', () => end(false))
  })
}
