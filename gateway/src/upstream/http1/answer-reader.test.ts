import { describe, expect, test } from 'vitest'
import { AnswerReader } from './answer-reader.ts'
import { Http1Error } from './http1-error.ts'

interface Outcome {
  readonly status: number
  readonly body: string
  readonly isWhole: boolean
  readonly isKept: boolean
}

/** Reads the pieces through one buffer that is overwritten by each, as the sockets' one is. */
function read(pieces: readonly Buffer[], reader = new AnswerReader(1000)): Outcome {
  const shared = Buffer.alloc(200_000)
  let isWhole = false
  for (const piece of pieces) {
    shared.fill(0x78)
    piece.copy(shared)
    isWhole = reader.read(shared, piece.length)
  }
  const { head, bodyBytes, bodyStart, bodyEnd } = reader
  return {
    status: head.status,
    body: bodyBytes.toString('utf8', bodyStart, bodyEnd),
    isWhole,
    isKept: head.isKept,
  }
}

function codeOf(pieces: readonly Buffer[]): string | undefined {
  try {
    read(pieces)
    return undefined
  } catch (error) {
    return error instanceof Http1Error ? error.code : String(error)
  }
}

const bytesOf = (text: string) => [...Buffer.from(text)].map((octet) => Buffer.from([octet]))

const sized =
  'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nCONTENT-length: \t14 \r\nx-empty:\r\n\r\n{"a":"größ"}'
const answers = {
  'with content-length': [sized, 200, '{"a":"größ"}'],
  'with a body of nothing': ['HTTP/1.1 400 \r\ncontent-length: 0\r\n\r\n', 400, ''],
  'with no reason': ['HTTP/1.1 200\r\ncontent-length: 1\r\n\r\nx', 200, 'x'],
  chunked: [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n00d;a=b;c="d"\r\n, world: 1234\r\n0;last\r\nx-sum: 1\r\ny:\r\n\r\n',
    200,
    'hello, world: 1234',
  ],
  'of no body': ['HTTP/1.1 204 No Content\r\nx-a: b\r\n\r\n', 204, ''],
  'not modified, with a length that is not its own': [
    'HTTP/1.1 304 NM\r\ncontent-length: 5\r\n\r\n',
    304,
    '',
  ],
  'after informational heads': [
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\ncontent-length: 7\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
    200,
    'ok',
  ],
} as const

describe('an answer is the same however it is cut', () => {
  test.each(Object.entries(answers))(
    '%s: whole, in two at every place, in three, octet by octet',
    (_, answer) => {
      const [text, status, body] = answer
      const bytes = Buffer.from(text)
      const expected: Outcome = { status, body, isWhole: true, isKept: true }
      expect(read([bytes])).toEqual(expected)
      expect(read(bytesOf(text))).toEqual(expected)
      for (let first = 1; first < bytes.length; first++) {
        const rest = bytes.subarray(first)
        expect(read([bytes.subarray(0, first)]).isWhole, `cut at ${first}`).toBe(false)
        expect(read([bytes.subarray(0, first), rest]), `cut at ${first}`).toEqual(expected)
        for (let second = 1; second < rest.length; second += 7) {
          const pieces = [bytes.subarray(0, first), rest.subarray(0, second), rest.subarray(second)]
          expect(read(pieces), `cut at ${first} and ${first + second}`).toEqual(expected)
        }
      }
    },
  )

  test('one reader reads all of them, one after the other', () => {
    const reader = new AnswerReader(1000)
    for (const [text, status, body] of [...Object.values(answers), ...Object.values(answers)]) {
      const bytes = Buffer.from(text)
      for (const pieces of [[bytes], bytesOf(text)]) {
        reader.reset()
        expect(read(pieces, reader)).toEqual({ status, body, isWhole: true, isKept: true })
      }
    }
  })

  test('a body of many pieces far larger than the first buffer is whole', () => {
    const body = 'aé'.repeat(100_000)
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    const pieces = Array.from({ length: Math.ceil(bytes.length / 9999) }, (_, index) =>
      bytes.subarray(index * 9999, (index + 1) * 9999),
    )
    expect(read(pieces, new AnswerReader(400_000)).body).toBe(body)
  })
})

const ok = 'HTTP/1.1 200 OK\r\n'
const chunked = `${ok}transfer-encoding: chunked\r\n\r\n`
const malformed: Readonly<Record<string, string>> = {
  'no HTTP': 'SSH-2.0-OpenSSH_9.6\r\n',
  'HTTP/2 in words': 'HTTP/2.0 200 OK\r\n\r\n',
  'HTTP/1.2': 'HTTP/1.2 200 OK\r\n\r\n',
  'a status of two digits': 'HTTP/1.1 20 OK\r\n\r\n',
  'a status of four digits': 'HTTP/1.1 2000 OK\r\n\r\n',
  'a status below 100': 'HTTP/1.1 099 OK\r\n\r\n',
  'an empty line first': '\r\nHTTP/1.1 200 OK\r\n\r\n',
  'lines that end with LF alone': 'HTTP/1.1 200 OK\ncontent-length: 1\n\nx',
  'an empty line of LF alone': `${ok}content-length: 1\r\n\nx`,
  'a CR inside a value': `${ok}x: a\rb\r\n\r\n`,
  'a NUL inside a value': `${ok}x: a\0b\r\n\r\n`,
  'a folded line': `${ok}x: a\r\n b\r\n\r\n`,
  'a space before the colon': `${ok}content-length : 1\r\n\r\nx`,
  'a line without a colon': `${ok}content-length\r\n\r\n`,
  'a header without a name': `${ok}: 1\r\n\r\n`,
  'a negative length': `${ok}content-length: -1\r\n\r\n`,
  'a length with a sign': `${ok}content-length: +1\r\n\r\nx`,
  'an empty length': `${ok}content-length:\r\n\r\n`,
  'a length in hexadecimal': `${ok}content-length: 0x1\r\n\r\nx`,
  'a length of two numbers': `${ok}content-length: 1, 2\r\n\r\nx`,
  'two different lengths': `${ok}content-length: 1\r\nContent-Length: 2\r\n\r\nx`,
  'a length beyond all numbers': `${ok}content-length: 99999999999999999999\r\n\r\n`,
  'a length and chunks': `${ok}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  'chunks twice': `${ok}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  'another transfer coding': `${ok}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  'chunks in HTTP/1.0': 'HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  'a chunk without a size': `${chunked}\r\n`,
  'a size that is no number': `${chunked}g\r\n`,
  'a negative size': `${chunked}-1\r\n`,
  'a size with 0x': `${chunked}0x1\r\n`,
  'a size with a space': `${chunked}1 \r\nx\r\n`,
  'a size that ends with LF alone': `${chunked}1\nx\r\n`,
  'an endless size': `${chunked}00000000000000001\r\nx`,
  'a chunk longer than its size': `${chunked}1\r\nxy\r\n`,
  'a chunk that ends with LF alone': `${chunked}1\r\nx\n0\r\n\r\n`,
  'a control character in an extension': `${chunked}1;a\nb\r\nx`,
  'a trailer that ends with LF alone': `${chunked}0\r\na: b\n\r\n`,
  'a last line of CR alone': `${chunked}0\r\n\rx`,
  'more than its length': `${ok}content-length: 1\r\n\r\nxy`,
  'more than its chunks': `${chunked}0\r\n\r\nx`,
  'a body after 204': 'HTTP/1.1 204 No Content\r\n\r\nx',
  'a length of 204': 'HTTP/1.1 204 No Content\r\ncontent-length: 1\r\n\r\n',
  'a chunked 204': 'HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n',
  'a switch of protocol': 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n',
  'informational heads without end': 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(17),
}

describe('refused at once, whole and octet by octet:', () => {
  test.each(Object.entries(malformed))('%s', (_, text) => {
    expect(codeOf([Buffer.from(text)])).toBe('HTTP1_MALFORMED')
    // Without waiting for more: an octet that makes it wrong is among these.
    const byOctet = text.includes('content-length: 1\r\n\r\nxy') || text.endsWith('\r\n\r\nx')
    if (!byOctet) expect(codeOf(bytesOf(text))).toBe('HTTP1_MALFORMED')
  })

  test('twice the same length is one length', () => {
    expect(read([Buffer.from(`${ok}content-length: 1\r\ncontent-length: 1\r\n\r\nx`)]).body).toBe('x')
  })

  const long = 'x'.repeat(66_000)
  test.each([
    ['a head that does not end', `${ok}x: ${long}`],
    ['a head that ends too late', `${ok}x: ${long}\r\ncontent-length: 1\r\n\r\nx`],
    ['a first line that does not end', `HTTP/1.1 200 ${long}`],
    ['a length over the limit', `${ok}content-length: 1001\r\n\r\n`],
    ['a chunk over the limit', `${chunked}3e9\r\n`],
    ['chunks over the limit together', `${chunked}3e8\r\n${'x'.repeat(1000)}\r\n1\r\n`],
    ['an extension without end', `${chunked}1;${long}`],
    ['trailers without end', `${chunked}0\r\n${'a: b\r\n'.repeat(20_000)}`],
    ['a body until the end of the connection', `${ok}\r\n${'x'.repeat(1001)}`],
  ])('%s', (_, text) => {
    expect(codeOf([Buffer.from(text)])).toBe('HTTP1_TOO_LARGE')
    const pieces = text.match(/.{1,1000}/gs) ?? []
    expect(codeOf(pieces.map((piece) => Buffer.from(piece)))).toBe('HTTP1_TOO_LARGE')
  })
})

test.each([
  ['HTTP/1.1', '', true],
  ['HTTP/1.1', 'connection: close\r\n', false],
  ['HTTP/1.1', 'Connection: x, Close \r\n', false],
  ['HTTP/1.1', 'connection: keep-alive\r\nconnection: close\r\n', false],
  ['HTTP/1.0', '', false],
  ['HTTP/1.0', 'connection: Keep-Alive\r\n', true],
])('after %s with "%s" the connection is kept: %s', (version, header, isKept) => {
  expect(read([Buffer.from(`${version} 200 OK\r\n${header}content-length: 0\r\n\r\n`)]).isKept).toBe(isKept)
})

test.each([
  ['timeout=5', 5],
  ['max=10, Timeout=7 ', 7],
  ['timeout=x', -1],
  ['xtimeout=5', -1],
])('keep-alive: %s is %d seconds', (value, seconds) => {
  const reader = new AnswerReader(10)
  read([Buffer.from(`${ok}keep-alive: ${value}\r\ncontent-length: 0\r\n\r\n`)], reader)
  expect(reader.head.keepAliveSeconds).toBe(seconds)
  reader.reset()
  expect(reader.head.keepAliveSeconds).toBe(-1)
})

test('nothing of an answer is left for the next one', () => {
  const reader = new AnswerReader(300_000)
  const next = (text: string) => {
    reader.reset()
    const { isKept, body } = read([Buffer.from(text)], reader)
    return [isKept, body, reader.head.encoding]
  }
  const extension = `1;${'x'.repeat(40_000)}\r\n`
  expect(next('HTTP/1.0 200 OK\r\nconnection: keep-alive\r\ncontent-length: 0\r\n\r\n')).toEqual([
    true,
    '',
    '',
  ])
  expect(next('HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n')).toEqual([false, '', ''])
  expect(next(`${ok}connection: close\r\ncontent-length: 0\r\n\r\n`)).toEqual([false, '', ''])
  expect(next(`${ok}content-encoding: gzip\r\ncontent-length: 1\r\n\r\nx`)).toEqual([true, 'x', 'gzip'])
  expect(next(`${chunked}${extension}a\r\n0\r\n\r\n`)).toEqual([true, 'a', ''])
  expect(next(`${chunked}${extension}b\r\n0\r\n\r\n`)).toEqual([true, 'b', ''])
})

test('the memory of a large answer is not kept with the connection', () => {
  const reader = new AnswerReader(300_000)
  read([Buffer.from(`${ok}content-length: 200000\r\n\r\n`), Buffer.from('x'.repeat(200_000))], reader)
  expect(reader.bodyBytes.length).toBeGreaterThanOrEqual(200_000)
  reader.reset()
  expect(reader.bodyBytes.length).toBe(0)
})
