import type { GraphQLFormattedError } from 'graphql'
import { LiveText } from './live-text.ts'
import type { Values } from './reader.ts'

/** A state of what is subscribed to, and its texts: each made once, when somebody first gets it. */
export class LiveState {
  /** Undefined where the topic has no snapshot that tells it, and no message came. */
  readonly seq: number | undefined
  readonly asOf: string | undefined
  /** When it was published, in milliseconds since 1970; undefined = nobody knows. */
  readonly publishedAtMs: number | undefined
  /** The value of the subscription's field. */
  readonly value: Values
  readonly errors: readonly GraphQLFormattedError[]
  private readonly keys: StateKeys
  private valueText: string | undefined
  private plain: LiveText | undefined
  private positioned: LiveText | undefined
  private plainReset: LiveText | undefined
  private positionedReset: LiveText | undefined

  constructor(
    state: Pick<LiveState, 'seq' | 'asOf' | 'publishedAtMs' | 'value' | 'errors'>,
    keys: StateKeys,
  ) {
    this.seq = state.seq
    this.asOf = state.asOf
    this.publishedAtMs = state.publishedAtMs
    this.value = state.value
    this.errors = state.errors
    this.keys = keys
  }

  /** The same at a later time: the number is as it was, and fresh. */
  at(asOf: string): LiveState {
    const { keys } = this
    const value = { ...this.value, ...Object.fromEntries(keys.asOfKeys.map((key) => [key, asOf])) }
    const { seq, errors } = this
    return new LiveState({ seq, asOf, publishedAtMs: Date.parse(asOf), value, errors }, keys)
  }

  /** Whether both show the same. */
  isLike(other: LiveState): boolean {
    return this.valueJson === other.valueJson && JSON.stringify(this.errors) === JSON.stringify(other.errors)
  }

  /** The result for those who follow it. */
  text(wantsPosition: boolean): LiveText {
    if (!wantsPosition) {
      this.plain ??= this.made(this.valueJson, {})
      return this.plain
    }
    this.positioned ??= this.made(this.valueJson, this.resume())
    return this.positioned
  }

  /** The result for one who has a later state, which is none any more: it must begin again from here. */
  resetText(wantsPosition: boolean): LiveText {
    const kept = wantsPosition ? this.positionedReset : this.plainReset
    if (kept) return kept
    const resets = Object.fromEntries(this.keys.resetKeys.map((key) => [key, true]))
    const json = JSON.stringify({ ...this.value, ...resets })
    const text = this.made(json, wantsPosition ? { ...this.resume(), reset: true } : {})
    if (wantsPosition) this.positionedReset = text
    else this.plainReset = text
    return text
  }

  private get valueJson(): string {
    this.valueText ??= JSON.stringify(this.value)
    return this.valueText
  }

  private resume(): Values {
    return this.seq === undefined ? {} : { resume: String(this.seq) }
  }

  private made(valueJson: string, extensions: Values): LiveText {
    const { errors, keys, seq } = this
    const head = errors.length > 0 ? `"errors":${JSON.stringify(errors)},` : ''
    const tail = Object.keys(extensions).length > 0 ? `,"extensions":${JSON.stringify(extensions)}` : ''
    return new LiveText(`{${head}"data":{${JSON.stringify(keys.responseKey)}:${valueJson}}${tail}}`, seq)
  }
}

/** Where things stand in a subscription's results. */
export interface StateKeys {
  readonly responseKey: string
  readonly asOfKeys: readonly string[]
  readonly resetKeys: readonly string[]
}
