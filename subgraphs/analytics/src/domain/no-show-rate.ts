/**
 * The share of the registered who have not come, 0 to 1; null where nobody is registered or a part is not known. More
 * than were registered may come (staff passes): then it is 0.
 */
export function noShowRate(
  registered: number | null | undefined,
  admitted: number | null | undefined,
): number | null {
  if (registered == null || admitted == null || registered <= 0) return null
  return Math.min(1, Math.max(0, 1 - admitted / registered))
}
