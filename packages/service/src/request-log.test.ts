import { pino } from 'pino'
import { expect, test } from 'vitest'
import { requestLog } from './request-log.ts'

test("a request's log and its children carry the id, and its level is its own", () => {
  const lines: unknown[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const ofRequest = requestLog(log, 'req-7')
  ofRequest.warn({ a: 1 }, 'first')
  ofRequest.child({ b: 2 }).info('second')
  ofRequest.level = 'silent'
  ofRequest.error('unheard')
  log.info('third')
  expect(lines).toEqual([
    expect.objectContaining({ msg: 'first', a: 1, requestId: 'req-7' }),
    expect.objectContaining({ msg: 'second', b: 2, requestId: 'req-7' }),
    expect.not.objectContaining({ requestId: 'req-7' }),
  ])
})
