/** The access token in a `connection_init` or `ping` payload: `{accessToken}`, or `{authorization: "Bearer …"}`. */
export function tokenOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined
  const values = payload as Readonly<Record<string, unknown>>
  if (typeof values.accessToken === 'string') return values.accessToken
  const header = values.authorization ?? values.Authorization
  return typeof header === 'string' ? header.replace(/^Bearer +/i, '') : undefined
}
