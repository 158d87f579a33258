import type { DocumentsAnswer, TrustedDocument } from '@headcount/registry-api'
import { ManifestRefused } from './manifest-refused.ts'
import { plainId } from './plain-id.ts'

type Json = Readonly<Record<string, unknown>>
type Clients = DocumentsAnswer['clients']

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const apolloFormat = 'apollo-persisted-query-manifest'

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
function fromApollo({ version, operations }: Json, client: string): Clients {
  if (version !== 1) throw new ManifestRefused([`its "version" must be 1 and is ${JSON.stringify(version)}`])
  if (!Array.isArray(operations)) throw new ManifestRefused(['its "operations" must be a list'])
  const reasons: string[] = []
  const clients = new Map<string, TrustedDocument[]>()
  for (const [index, operation] of operations.entries()) {
    const { id, body, name, clientName } = isObject(operation) ? operation : {}
    if (typeof id !== 'string' || id === '' || typeof body !== 'string') {
      reasons.push(`"operations[${index}]" must have "id" and "body", both text`)
      continue
    }
    const whose = typeof clientName === 'string' ? clientName : client
    const documents = clients.get(whose) ?? []
    documents.push({ id: plainId(id), text: body, name: typeof name === 'string' ? name : null })
    clients.set(whose, documents)
  }
  if (reasons.length > 0) throw new ManifestRefused(reasons)
  return [...clients].map(([whose, documents]) => ({ client: whose, documents }))
}

/** What graphql-codegen's client preset and Relay's compiler write: ids with their texts. */
function fromMap(map: Json, client: string): Clients {
  const entries = Object.entries(map)
  const wrong = entries.filter(([id, text]) => id === '' || typeof text !== 'string')
  if (wrong.length > 0) {
    const names = wrong.map(([id]) => JSON.stringify(id.slice(0, 80))).join(', ')
    throw new ManifestRefused([
      `it must be {"<id>": "<text>", …} or {"format": "${apolloFormat}", …}; no text: ${names}`,
    ])
  }
  return [
    { client, documents: entries.map(([id, text]) => ({ id: plainId(id), text: String(text), name: null })) },
  ]
}

/**
 * Reads a manifest as builds of clients write it: Apollo's, or a plain map of ids to texts.
 *
 * @param client whose documents they are, where the manifest itself does not say; '' = nobody's in particular
 * @throws ManifestRefused
 */
export function readManifest(text: string, client: string): Clients {
  let manifest: unknown
  try {
    manifest = JSON.parse(text)
  } catch (error) {
    throw new ManifestRefused([`it is not JSON: ${error instanceof Error ? error.message : error}`])
  }
  if (!isObject(manifest)) throw new ManifestRefused(['it must be a JSON object'])
  return manifest.format === apolloFormat ? fromApollo(manifest, client) : fromMap(manifest, client)
}
