import type { GatewayOptions } from '../../options.ts'
import type { HeaderRule } from '../../upstream-options.ts'

/** The rules of each subgraph that has some of its own, and those for all. */
export function ruleSets({ upstream, subgraphs }: GatewayOptions): readonly (readonly HeaderRule[])[] {
  const all = upstream?.headers ?? []
  const own = Object.values(subgraphs ?? {}).flatMap((placement) =>
    'headers' in placement && placement.headers ? [[...all, ...placement.headers]] : [],
  )
  return [all, ...own].filter((rules) => rules.length > 0)
}
