import type { Send } from './message.ts'

/** One part of a message's life, around the rest of it. */
export type Layer = (next: Send) => Send

/** Puts layers around a way, the first of them outermost. Those that are undefined are not there at all. */
export function stack(layers: readonly (Layer | undefined)[], way: Send): Send {
  return layers.reduceRight<Send>((next, layer) => (layer ? layer(next) : next), way)
}
