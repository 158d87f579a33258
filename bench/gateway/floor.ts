// The floor: node:http with the bytes that a gateway answers, the request's body left unread. Arguments: port, file of the
// answers by path.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [port, file = ''] = process.argv.slice(2)
const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
const answers = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]))

createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
  req.resume()
  const answer = answers.get(req.url ?? '')
  if (!answer) return res.writeHead(404).end()
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
  return res.end(answer)
}).listen(Number(port), '127.0.0.1')
