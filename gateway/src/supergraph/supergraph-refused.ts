/** The supergraph can't serve. */
export class SupergraphRefused extends Error {
  /** One sentence each. */
  readonly reasons: readonly string[]
  constructor(reasons: readonly string[]) {
    super(`The supergraph was refused:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`)
    this.name = 'SupergraphRefused'
    this.reasons = reasons
  }
}
