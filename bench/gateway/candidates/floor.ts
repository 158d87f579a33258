import { fileURLToPath } from 'node:url'
import type { Candidate } from './candidate.ts'

const file = fileURLToPath(new URL('../floor.ts', import.meta.url))

/** No gateway: `node:http` that answers each query, by a path of its own, with the bytes of this file. */
export function floor(answersFile: string): Candidate {
  return {
    title: 'node:http, fixed bytes',
    canDeduplicate: false,
    pathOf: (query) => `/${query}`,
    program: ({ port }) => ({ command: process.execPath, words: [file, String(port), answersFile] }),
  }
}
