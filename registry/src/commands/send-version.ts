import type { PublishAnswer, PublishRequest, RollbackRequest } from '@headcount/registry-api'
import type { RegistryHttp } from '../client/registry-http.ts'
import { formatPublished } from '../reports/version.ts'
import type { Terminal } from './command.ts'

/** What is sent, and who is told of it. */
export interface SentVersion {
  readonly path: '/versions' | '/rollback'
  readonly request: PublishRequest | RollbackRequest
  readonly terminal: Terminal
}

/** Longer than the registry itself takes. */
const deadlineMs = 150_000
const refused = 422

/** Has a version made and says what became of it. Answers the exit code: 0 live, 1 refused. Throws a RegistryError. */
export async function sendVersion(
  registry: RegistryHttp,
  { path, request, terminal }: SentVersion,
): Promise<number> {
  // What is live already makes no version: a second time does no harm.
  const answer = await registry.post<PublishAnswer>(path, request, {
    accepts: [refused],
    isIdempotent: true,
    deadlineMs,
  })
  const { composes } = answer.version
  const tell = composes ? terminal.out : terminal.err
  tell(formatPublished(answer))
  return composes ? 0 : 1
}
