import type { Endpoint } from '../endpoint.ts'
import { answerFeed } from '../live/answer-feed.ts'
import type { DocumentParts } from './document-parts.ts'
import { listManifests, withdrawManifest } from './manifests.ts'
import { publishDocuments } from './publish-documents.ts'
import { readPublishRequest } from './read-publish-request.ts'
import { documentsFeed } from './served-documents.ts'

/** Trusted documents: what gateways let through, and who published it. */
export function documentEndpoints(parts: DocumentParts): Endpoint[] {
  const { live } = parts
  const feed = documentsFeed(parts.database)
  return [
    {
      ...{ method: 'GET', path: '/documents', scope: 'schema:read' },
      handle: (call) =>
        answerFeed(call, {
          ...{ live, type: 'application/json; charset=utf-8', missing: 'There are no documents' },
          read: () => live.state && feed(live.state.documents),
        }),
    },
    {
      ...{ method: 'POST', path: '/documents', scope: 'documents:publish' },
      async handle({ body, caller }) {
        const answer = await publishDocuments({ request: readPublishRequest(body), by: caller.name }, parts)
        return { status: answer.refused.length > 0 ? 422 : 200, json: answer }
      },
    },
    {
      ...{ method: 'GET', path: '/manifests', scope: 'schema:read' },
      handle: async ({ query }) => ({ json: await listManifests(query, parts) }),
    },
    {
      ...{ method: 'POST', path: '/manifests/:id/withdraw', scope: 'documents:publish' },
      handle: async ({ params, caller }) => ({
        json: await withdrawManifest(params['id'], caller.name, parts),
      }),
    },
  ]
}
