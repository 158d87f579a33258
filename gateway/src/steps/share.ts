import type { Step } from '../exchange.ts'

/** Runs a query for all who ask the same while it is under way, or waits for one that is. */
export const share: Step = (exchange, parts) => {
  const { flightKey: key, operation } = exchange
  const { flights, metrics } = parts
  if (key === undefined || !flights || operation?.kind !== 'query') return
  // Its answer comes in parts, which one text cannot hold.
  if (operation.isDeferred && exchange.takesParts) return
  const before = flights.find(key)
  metrics.shared.add(before ? 'joined' : 'run')
  return (before ?? flights.begin(key, exchange, parts)).join(exchange)
}
