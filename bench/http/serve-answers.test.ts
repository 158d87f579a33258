import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { readMessages } from './read-messages.ts'
import { serveAnswers } from './serve-answers.ts'

test('requests that come in one packet are answered in order, and an answer is made once for each path and body', async () => {
  const made: string[] = []
  const server = serveAnswers((path, body) => {
    made.push(`${path} ${body}`)
    return path === '/nothing' ? undefined : `{"to":"${path} ${body}"}`
  })
  const { port } = new URL(await server.listen())
  const socket = connect(Number(port), '127.0.0.1')
  const read = readMessages()
  const answers: string[] = []
  const post = (path: string, body: string) =>
    `POST ${path} HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  const all = [post('/a', '1'), post('/a', '2'), post('/b', '1'), post('/a', '1'), post('/nothing', '')]
  socket.write(all.join(''))
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      for (const { head, body } of read(chunk)) answers.push(`${head.split(' ')[1]} ${body}`)
      if (answers.length === all.length) resolve()
    })
  })
  socket.destroy()
  expect(answers).toEqual([
    '200 {"to":"/a 1"}',
    '200 {"to":"/a 2"}',
    '200 {"to":"/b 1"}',
    '200 {"to":"/a 1"}',
    '404 ',
  ])
  expect(made).toEqual(['/a 1', '/a 2', '/b 1', '/nothing '])
  expect(server.counts()).toEqual({ requests: 5, misses: 4 })
  await server.close()
})
