/** How many reasons a message has; the rest would only repeat them. */
const toldReasons = 20

/** A set of trusted documents that cannot be used, with all reasons. */
export class DocumentsRefused extends Error {
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    const more = reasons.length > toldReasons ? [`… and ${reasons.length - toldReasons} more`] : []
    super(['The trusted documents cannot be used:', ...reasons.slice(0, toldReasons), ...more].join('\n  '))
    this.name = 'DocumentsRefused'
    this.reasons = reasons
  }
}
