/** A result as text, made once for all who get it, whichever way they are connected. */
export class LiveText {
  /** The result (`{data, errors?, extensions?}`) as JSON on one line. */
  readonly json: string
  /** Position of the state that it shows; undefined = it has none. */
  readonly seq: number | undefined
  /** What a transport has made of it, for the next subscriber of its kind. */
  message: Buffer | undefined = undefined
  event: Buffer | undefined = undefined

  constructor(json: string, seq: number | undefined) {
    this.json = json
    this.seq = seq
  }
}
