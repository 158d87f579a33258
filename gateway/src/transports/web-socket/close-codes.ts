/** Close codes that this server gives. */
export const closeCodes = {
  goingAway: 1001,
  protocolError: 1002,
  invalidText: 1007,
  tooLarge: 1009,
  tryAgainLater: 1013,
  badMessage: 4400,
  unauthorized: 4401,
  /** graphql-ws's code for "not with this token"; its clients try again, and may bring a new one. */
  forbidden: 4403,
  subprotocolNotAcceptable: 4406,
  initialisationTimeout: 4408,
  subscriberExists: 4409,
  tooManyInitialisations: 4429,
  internalError: 4500,
} as const

/** The peer's Close frame had no code; the connection broke without a Close frame. Neither is ever sent. */
export const noCode = 1005
export const brokenOff = 1006

/** Codes that may stand in a Close frame (https://www.rfc-editor.org/rfc/rfc6455#section-7.4). */
export function isSendableCode(code: number): boolean {
  if (code >= 3000 && code <= 4999) return true
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== noCode && code !== brokenOff
}

const ownCodes: ReadonlySet<number> = new Set(Object.values(closeCodes))

/** The code as a metric's label: clients choose theirs freely, and a label's values must be few. */
export function codeLabel(code: number): string {
  return (code >= 1000 && code <= 1014) || ownCodes.has(code) ? String(code) : 'other'
}
