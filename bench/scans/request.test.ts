import { expect, test } from 'vitest'
import { headOf, outcomeOf, scanQuery, scanRequest } from './request.ts'

const attempt = {
  scanId: '0192f0e1-d2c3-7a4b-8596-a7b8c9d0e1f2',
  deviceSeq: 7,
  code: 'HC1.key.payload.signature',
  direction: 'EXIT',
  scannedAt: '2026-11-29T19:00:00.000Z',
} as const

test('a request is whole: its length is that of its body, which is the JSON of the operation', () => {
  const request = scanRequest(headOf('http://127.0.0.1:4000', 'token'), { gateId: 'gat_1' }, attempt)
  const [head = '', body = ''] = request.split('\r\n\r\n')
  expect(head.split('\r\n')).toEqual(
    expect.arrayContaining(['host: 127.0.0.1:4000', 'authorization: Bearer token']),
  )
  expect(head).toMatch(new RegExp(`content-length: ${Buffer.byteLength(body)}$`))
  expect(JSON.parse(body)).toEqual({
    query: scanQuery,
    variables: { input: { ...attempt, gateId: 'gat_1' } },
  })
})

const answer = (body: string) => ({ head: 'HTTP/1.1 200 OK\r\ndate: today', body: Buffer.from(body) })

test('an answer is an admission, a wish to be asked again, a failure that passes, or an error that shows it', () => {
  expect(outcomeOf(answer('{"data":{"recordScan":{"__typename":"ScanAdmitted"}}}'))).toBe('admitted')
  expect(outcomeOf(answer('{"data":{"recordScan":{"__typename":"RetryLater"}}}'))).toBe('later')
  const failed = '{"errors":[{"extensions":{"code":"SUBGRAPH_UNAVAILABLE"}}],"data":{"recordScan":null}}'
  expect(outcomeOf(answer(failed))).toBe('failed')
  const refused = answer('{"data":{"recordScan":{"__typename":"ScanRejected","reason":"ZONE_FULL"}}}')
  expect(() => outcomeOf(refused)).toThrow(/HTTP\/1.1 200 OK\n.*ZONE_FULL/)
})
