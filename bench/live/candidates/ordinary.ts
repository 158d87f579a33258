import { fileURLToPath } from 'node:url'
import { quietEnvironment } from '../../gateway/candidates/candidate.ts'
import type { Program } from '../../processes/start-program.ts'
import type { Candidate } from './candidate.ts'

const file = fileURLToPath(new URL('./ordinary-server.ts', import.meta.url))

/** The server of the ordinary stack at a port. */
export function ordinaryProgram(port: number, redisUrl: string): Program {
  return {
    command: process.execPath,
    words: [file, String(port), redisUrl],
    environment: quietEnvironment,
  }
}

/** Yoga, graphql-ws, graphql-redis-subscriptions and ioredis, as their documents put them together. */
export function ordinary(): Candidate {
  return {
    name: 'ordinary',
    title: 'Yoga, graphql-ws, redis-subscriptions',
    hasFirstValue: false,
    answersQueries: true,
    program: ({ port, redisUrl }) => ordinaryProgram(port, redisUrl),
  }
}
