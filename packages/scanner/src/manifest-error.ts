/** Why a manifest cannot be used; the message is for people. What the device had before stays good. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError'
}
