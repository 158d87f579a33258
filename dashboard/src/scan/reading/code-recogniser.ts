/** What the recogniser looks at of a key press. */
export interface KeyPress {
  /** `KeyboardEvent.key`. */
  key: string
  /** Local clock, milliseconds. */
  at: number
}

/** A hardware scanner needs no longer than this from key to key on average, a person does. */
const GAP_MS = 100
/** A busy device may hold a key back in the midst of a code; a longer pause ends what was typed. */
const PAUSE_MS = 500
/** Shorter runs are a person's. */
const LEAST_CHARACTERS = 6
/** The longest code that the platform looks at. */
const MOST_CHARACTERS = 1024
/** With this our ticket codes begin: what was typed just before is no part of them. */
const BEGINNING = 'HC1.'

/**
 * Tells a hardware scanner, which types a code and Enter, from a person at the keyboard. It listens wherever the
 * focus is, so nobody must click into a field before they scan.
 */
export class CodeRecogniser {
  #typed = ''
  #firstAt = 0
  #lastAt = Number.NEGATIVE_INFINITY

  /** The whole code, at the Enter that ends it; else undefined. */
  press({ key, at }: KeyPress): string | undefined {
    // Keys such as Shift come between the characters of a code and say nothing.
    if (key !== 'Enter' && key.length !== 1) return undefined
    if (at - this.#lastAt > PAUSE_MS || this.#typed === '') this.#begin(at)
    this.#lastAt = at
    if (key === 'Enter') return this.#end(at)
    this.#typed = (this.#typed + key).slice(0, MOST_CHARACTERS + 1)
    return undefined
  }

  #begin(at: number): void {
    this.#typed = ''
    this.#firstAt = at
  }

  #end(at: number): string | undefined {
    const typed = this.#typed
    this.#typed = ''
    const isQuick = at - this.#firstAt <= typed.length * GAP_MS
    const code = typed.slice(Math.max(0, typed.lastIndexOf(BEGINNING)))
    return isQuick && code.length >= LEAST_CHARACTERS && code.length <= MOST_CHARACTERS ? code : undefined
  }
}
