import { otherwise, required, withDefault } from '../field.ts'
import { boolean, choice, existingFile, redisUrl, text } from '../scalars.ts'
import { group, optional } from '../structures.ts'

/** Least levels that may be logged. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

/** What the gateway tells of its work. */
export const observabilityKeys = group('What the gateway tells of its work.', {
  logLevel: otherwise(
    'LOG_LEVEL, or warn (info with accessLog)',
    choice('Least level that is logged, as JSON on standard error.', logLevels),
  ),
  accessLog: withDefault(false, boolean('Whether every request is a line of the log, at level info.')),
  metrics: withDefault(true, boolean('Whether stages and fetches are timed, for /metrics.')),
  planHeader: optional(
    group('Plans for those who may see them: a request with `x-headcount-plan: 1` gets its plan along.', {
      isEnabled: withDefault(true, boolean('Whether it is so.')),
      scope: required(text('Scope that the viewer needs.')),
    }),
  ),
})

/** Documents by hash. */
export const persistedDocumentsKeys = group('Documents that clients register and then name by their hash.', {
  automatic: withDefault(
    true,
    boolean(
      'Whether a client may register a document by sending it with its hash; never where trusted documents are locked.',
    ),
  ),
  redisUrl: otherwise('REDIS_URL, or in memory', redisUrl('Redis that gateways share them through.')),
})

/** Steps of the operator's own. */
export const extensionKey = existingFile(
  'An ES module that exports `extension` (or a default): hooks of your own. See GatewayExtension in gateway/src/extension.ts.',
)
