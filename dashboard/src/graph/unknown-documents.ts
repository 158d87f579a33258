/** The code of an id that the platform does not know: its files and the page's are not of the same version. */
export const UNKNOWN_DOCUMENT = 'PERSISTED_QUERY_NOT_FOUND'

export const UNKNOWN_DOCUMENT_WORDS =
  'This page and the platform are of different versions, so the platform does not know what the page asks. Load this page again.'

/** Which of the page's questions the platform does not know at the moment. */
export class UnknownDocuments {
  readonly #ids = new Set<string>()
  readonly #listeners = new Set<() => void>()

  readonly hasAny = (): boolean => this.#ids.size > 0

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What an answer said of a document. A platform that is brought up to date knows it the next time. */
  note(documentId: string, isKnown: boolean): void {
    const had = this.hasAny()
    if (isKnown) this.#ids.delete(documentId)
    else this.#ids.add(documentId)
    if (had === this.hasAny()) return
    for (const listener of this.#listeners) listener()
  }
}
