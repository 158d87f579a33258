import type { Candidate } from './candidate.ts'

/** No gateway: a C program that writes the same bytes to each socket. */
export function floor(program: string): Candidate {
  return {
    name: 'floor',
    title: 'C, write(2)',
    hasFirstValue: false,
    answersQueries: false,
    program: ({ port, redisUrl, transport }) => ({
      command: program,
      words: [String(port), new URL(redisUrl).port, transport],
    }),
  }
}
