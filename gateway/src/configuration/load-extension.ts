import { pathToFileURL } from 'node:url'
import { ConfigError } from '@headcount/config'
import type { GatewayExtension } from '../extension.ts'

const hooks = ['onRequest', 'onOperation', 'onFetch', 'onAnswer', 'policies'] as const

/**
 * Loads an extension's module: what it exports as `extension`, or by default.
 *
 * @throws ConfigError when it cannot be loaded, exports no extension, or one with a hook that there is not
 */
export async function loadExtension(file: string): Promise<GatewayExtension> {
  let exported: { readonly extension?: unknown; readonly default?: unknown }
  try {
    exported = await import(pathToFileURL(file).href)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError([`extension is ${file}, which cannot be loaded: ${reason}`])
  }
  const extension = exported.extension ?? exported.default
  if (typeof extension !== 'object' || extension === null) {
    throw new ConfigError([`extension is ${file}, which exports no \`extension\` and no default object.`])
  }
  const strange = Object.entries(extension).filter(
    ([name, hook]) => !hooks.some((known) => known === name) || typeof hook !== 'function',
  )
  if (strange.length > 0) {
    const names = strange.map(([name]) => name).join(', ')
    throw new ConfigError([`extension has ${names}: it takes functions ${hooks.join(', ')}.`])
  }
  return extension
}
