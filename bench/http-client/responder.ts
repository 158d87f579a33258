// The server: answers fixed bytes as soon as it has a request, and does as little else as it can.
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { answerParent } from '../processes/answer-parent.ts'
import { answers } from './sizes.ts'

const bytes = new Map(
  Object.entries(answers).map(([path, body]) => [
    path,
    Buffer.from(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ndate: Sun, 22 Nov 2026 12:00:00 GMT\r\nconnection: keep-alive\r\nkeep-alive: timeout=60\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    ),
  ]),
)

/** Head and body may come in several pieces. */
function serve(socket: Socket): void {
  let text = ''
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('error', () => socket.destroy())
  socket.on('data', (piece: string) => {
    text += piece
    const headEnd = text.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1])
    if (text.length < headEnd + 4 + length) return
    const answer = bytes.get(text.slice('POST /'.length, text.indexOf(' HTTP/')))
    text = ''
    if (answer) socket.write(answer)
    else socket.destroy()
  })
}

const server = createServer(serve)

answerParent({
  listen: () =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
      )
    }),
})
