import { readdirSync, readFileSync } from 'node:fs'
import { readOperations } from '@headcount/registry/manifest'
import type { PublishDocumentsRequest, PublishRequest } from '@headcount/registry-api'

const folder = new URL('../../schema/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, folder), 'utf8')

/** The schemas of this platform's services. Where each runs is the platform's affair: the address never resolves. */
export function ownSubgraphs(): NonNullable<PublishRequest['subgraphs']> {
  return readdirSync(new URL('subgraphs/', folder))
    .sort()
    .map((file) => {
      const name = file.replace(/\.graphql$/, '')
      return {
        name,
        url: `http://${name}.invalid/graphql`,
        sdl: read(`subgraphs/${file}`),
        file: `schema/subgraphs/${file}`,
      }
    })
}

/** What they compose to; CI sees to it that it is. */
export function ownSupergraph(): string {
  return read('supergraph.graphql')
}

/** What this platform's pages ask, under the name that they give themselves. */
export function ownDocuments(): PublishDocumentsRequest {
  const file = 'documents/dashboard.json'
  return {
    client: 'headcount-dashboard',
    documents: readOperations(read(file), `schema/${file}`).map(({ id, text, name }) => ({ id, text, name })),
  }
}
