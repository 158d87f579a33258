/** A text that is no manifest, with all reasons; each goes on from the name of the file: `it is not JSON: …`. */
export class ManifestRefused extends Error {
  override readonly name = 'ManifestRefused'
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    super(reasons.join('; '))
    this.reasons = reasons
  }
}
