/** What is kept of trusted documents at most: gateways hold all of them in memory. */
export const documentBounds = {
  /** Documents that gateways let through. */
  served: 100_000,
  /** Their texts together, in bytes. */
  servedBytes: 64 * 1_048_576,
  /** Documents of one manifest. */
  manifest: 20_000,
  textCharacters: 100_000,
  nameCharacters: 100,
} as const
