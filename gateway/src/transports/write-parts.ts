import type { ServerResponse } from 'node:http'
import type { GraphQLFormattedError } from 'graphql'
import type { Exchange, Parts } from '../exchange.ts'
import type { DeferredPart } from '../execution/deferred-execution.ts'
import type { LaterParts } from '../execution/later-parts.ts'
import { maskError } from '../execution/mask.ts'

/**
 * How clients are told of parts that come later: multipart/mixed (https://www.rfc-editor.org/rfc/rfc2046#section-5.1) with
 * `incremental` payloads, as Apollo Client and the incremental delivery proposal of 2022-08-24 have it.
 */
const contentType = 'multipart/mixed; boundary="-"; deferSpec=20220824'

const delimiter = '\r\n---'

/** After the last delimiter: nothing follows. */
const closing = '--\r\n'

/** A payload and the delimiter after it, so that a client knows at once that it is whole. */
function part(payload: object): string {
  return `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(payload)}${delimiter}`
}

type Mask = (error: unknown) => GraphQLFormattedError

function incremental({ label, path, data, errors }: DeferredPart, mask: Mask): object {
  return {
    data,
    path,
    ...(label === undefined ? {} : { label }),
    ...(errors.length > 0 ? { errors: errors.map(mask) } : {}),
  }
}

/** Writes one payload at a time: what comes while the client does not read goes into the next one, as text when it is its turn. */
class PartsWriter {
  private readonly response: ServerResponse
  private readonly mask: Mask
  private readonly onOver: () => void
  private held: DeferredPart[] = []
  private hasAll = false
  private isWriting = false
  private isOver = false

  constructor(response: ServerResponse, mask: Mask, onOver: () => void) {
    this.response = response
    this.mask = mask
    this.onOver = onOver
  }

  write(text: string): void {
    this.isWriting = true
    this.response.write(text, () => {
      this.isWriting = false
      if (this.held.length > 0 || this.hasAll) this.writeHeld()
    })
  }

  take(found: readonly DeferredPart[], isLast: boolean): void {
    if (this.isOver) return
    this.held.push(...found)
    this.hasAll = isLast
    if (!this.isWriting) this.writeHeld()
  }

  /** Ends the answer with what went wrong. */
  fail(error: unknown): void {
    if (!this.isOver) this.end(part({ errors: [this.mask(error)], hasNext: false }))
  }

  /** Nothing is written any more. */
  leave(): void {
    if (this.isOver) return
    this.isOver = true
    this.held = []
    this.onOver()
  }

  private writeHeld(): void {
    if (this.isOver) return
    const found = this.held.splice(0)
    let text: string
    try {
      text = part({
        ...(found.length > 0 ? { incremental: found.map((one) => incremental(one, this.mask)) } : {}),
        hasNext: !this.hasAll,
      })
    } catch (error) {
      // A value that no JSON text can hold.
      this.fail(error)
      return
    }
    if (this.hasAll) this.end(text)
    else this.write(text)
  }

  private end(text: string): void {
    this.response.end(`${text}${closing}`)
    this.leave()
  }
}

/**
 * Writes the first part of an answer, then each other as it comes. Resolves when the last is given to the connection, or
 * the client gone: how fast a client reads the end keeps no request under way.
 */
export function writeParts(exchange: Exchange, later: LaterParts, parts: Parts): Promise<void> {
  const { response, headers, requestId, outcome, cancellation } = exchange
  const masking = { requestId, log: parts.log, passesSubgraphErrors: parts.passesSubgraphErrors }
  const { data, errors, extensions } = outcome ?? {}
  const first = part({
    ...(errors?.length ? { errors } : {}),
    data,
    ...(extensions ? { extensions } : {}),
    hasNext: true,
  })
  headers['content-type'] = contentType
  headers['cache-control'] = 'no-store'
  response.writeHead(200, headers)
  return new Promise((resolve) => {
    const onCancel = (reason: Error) => writer.fail(reason)
    const writer = new PartsWriter(
      response,
      (error) => maskError(error, masking),
      () => {
        cancellation.remove(onCancel)
        resolve()
      },
    )
    // The end of a response whose client has gone is never told.
    response.once('close', () => writer.leave())
    writer.write(`${delimiter}${first}`)
    cancellation.add(onCancel)
    later.listen((found, isLast) => writer.take(found, isLast))
  })
}
