import type { Values } from './field.ts'
import { authenticationKeys } from './keys/authentication.ts'
import { errorsKeys } from './keys/errors.ts'
import { limitsKeys } from './keys/limits.ts'
import { extensionKey, observabilityKeys, persistedDocumentsKeys } from './keys/observability.ts'
import { corsKeys, csrfKeys, serverKeys } from './keys/server.ts'
import { supergraphKeys } from './keys/supergraph.ts'
import { trustedDocumentsKeys } from './keys/trusted-documents.ts'
import { deduplicationKeys, headersKeys, subgraphKeys, upstreamKeys } from './keys/upstream.ts'
import { usageKeys } from './keys/usage.ts'
import { group } from './structures.ts'

/** Every key of the gateway's file. The types, the check, `--config-reference` and docs/operations/gateway.md come from it. */
export const configurationKeys = {
  server: serverKeys,
  supergraph: supergraphKeys,
  upstream: upstreamKeys,
  subgraphs: subgraphKeys,
  headers: headersKeys,
  deduplication: deduplicationKeys,
  authentication: authenticationKeys,
  limits: limitsKeys,
  cors: corsKeys,
  csrf: csrfKeys,
  persistedDocuments: persistedDocumentsKeys,
  trustedDocuments: trustedDocumentsKeys,
  errors: errorsKeys,
  observability: observabilityKeys,
  usage: usageKeys,
  extension: extensionKey,
}

/** The file as a whole. */
export const configurationFile = group('The file of a gateway.', configurationKeys)

/** What a file says, with the defaults of what it does not say. */
export type Configuration = Values<typeof configurationKeys>
