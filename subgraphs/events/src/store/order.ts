/** Rows by id, in the order of the ids that were asked for; undefined where there is none. */
export function inOrder<Row extends { id: string }>(
  ids: readonly string[],
  rows: readonly Row[],
): (Row | undefined)[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => byId.get(id))
}

/** Rows by event, in the order of the ids that were asked for; an empty list where there is none. */
export function listsInOrder<Row extends { eventId: string }>(
  ids: readonly string[],
  rows: readonly Row[],
): Row[][] {
  const byEvent = Map.groupBy(rows, (row) => row.eventId)
  return ids.map((id) => byEvent.get(id) ?? [])
}

/** Whether a text can be kept at all: Postgres takes no NUL, so nothing has such an id or name. */
export function isStorable(text: string): boolean {
  return !text.includes('\0')
}
