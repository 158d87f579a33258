import { expect, test } from 'vitest'
import { createCodeBook } from './code-book.ts'

test('a code is given at once when it is there, and as soon as it is when it is not', async () => {
  const book = createCodeBook(['zero'])
  expect(await book.of(0)).toBe('zero')
  const later = Promise.all([book.of(1), book.of(1)])
  book.put(1, 'one')
  expect(await later).toEqual(['one', 'one'])
})

test('who waits for a code that will not come is told why', async () => {
  const book = createCodeBook()
  const waiting = expect(book.of(7)).rejects.toThrow('no more')
  book.breakOff(new Error('no more'))
  await waiting
  await expect(book.of(8)).rejects.toThrow('no more')
})
