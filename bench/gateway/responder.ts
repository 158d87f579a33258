// The subgraphs: one process that answers fixed bytes.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerParent } from '../processes/answer-parent.ts'
import { fixedAnswer } from './fixed-answers.ts'

const bytes = new Map<string, Buffer>()

function answerTo(path: string, body: string): Buffer {
  const key = `${path} ${body.includes('acts')}`
  const known = bytes.get(key)
  if (known) return known
  const made = Buffer.from(JSON.stringify({ data: fixedAnswer(path.slice(1), body) }))
  bytes.set(key, made)
  return made
}

const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
  let body = ''
  req.setEncoding('latin1')
  req.on('data', (chunk: string) => {
    body += chunk
  })
  req.on('end', () => {
    const answer = answerTo(req.url ?? '', body)
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
    res.end(answer)
  })
})

answerParent({
  listen: () =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
      )
    }),
})
