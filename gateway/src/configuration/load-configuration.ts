import { resolve } from 'node:path'
import type { GatewayExtension } from '../extension.ts'
import type { GatewayOptions, SupergraphSource } from '../options.ts'
import type { UsageOptions } from '../usage/usage.ts'
import type { Configuration } from './configuration.ts'
import { loadExtension } from './load-extension.ts'
import { readConfiguration, readConfigurationFile } from './read-configuration.ts'
import type { Environment } from './substitute.ts'
import { gatewayOptionsOf, supergraphOf } from './to-options.ts'
import { usageOptionsOf } from './usage-options.ts'

/** Everything that a gateway's file says. */
export interface LoadedConfiguration {
  /** Where to listen, and how; what the file leaves open is undefined. */
  readonly server: Configuration['server']
  /** Least level that is logged. */
  readonly logLevel: Configuration['observability']['logLevel']
  /** Where the supergraph comes from; undefined = the file does not say. */
  readonly supergraph: SupergraphSource | undefined
  /** How a source is asked, whichever address it is reached at. */
  readonly asking: Pick<Configuration['supergraph'], 'pollIntervalMs' | 'registry'>
  /** What documents are trusted; whoever starts a gateway must see to it that a mode has a source. */
  readonly trustedDocuments: Configuration['trustedDocuments']
  /** Where usage is reported, once it is known where the supergraph comes from. */
  usageOf(supergraph: SupergraphSource): UsageOptions | undefined
  /** The rest of the options. */
  readonly options: Omit<GatewayOptions, 'supergraph' | 'trustedDocuments' | 'usage' | 'log'>
}

/**
 * Loads a gateway's file, YAML or JSON; without one all defaults.
 *
 * @throws ConfigError with every fault at once
 */
export async function loadConfiguration(
  file: string | undefined,
  environment: Environment,
): Promise<LoadedConfiguration> {
  const configuration =
    file === undefined
      ? readConfiguration({ text: '', folder: resolve('.'), environment })
      : await readConfigurationFile(file, environment)
  let extension: GatewayExtension | undefined
  if (configuration.extension !== undefined) extension = await loadExtension(configuration.extension)
  return {
    server: configuration.server,
    logLevel: configuration.observability.logLevel,
    supergraph: supergraphOf(configuration),
    asking: configuration.supergraph,
    trustedDocuments: configuration.trustedDocuments,
    usageOf: (supergraph) => usageOptionsOf(configuration.usage, supergraph),
    options: { ...gatewayOptionsOf(configuration), extension },
  }
}
