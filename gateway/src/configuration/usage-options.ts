import type { SupergraphSource } from '../options.ts'
import { httpUsageSink } from '../usage/http-usage-sink.ts'
import type { UsageOptions } from '../usage/usage.ts'
import type { Configuration } from './configuration.ts'

/**
 * Where usage is reported: to the registry that the file names for it, else to the one that the supergraph comes from;
 * undefined = nowhere. The supergraph's token is for the supergraph's registry alone.
 */
export function usageOptionsOf(
  { isEnabled = true, url, token, intervalMs }: Configuration['usage'],
  supergraph: SupergraphSource,
): UsageOptions | undefined {
  const registry = 'registry' in supergraph ? supergraph.registry : undefined
  const address = url ?? registry?.url
  if (!isEnabled || address === undefined) return undefined
  const known = url === undefined || url === registry?.url ? registry?.token : undefined
  return { sink: httpUsageSink({ url: address, token: token ?? known }), intervalMs }
}
