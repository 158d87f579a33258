import type { Exchange, Parts } from '../exchange.ts'
import type { DeferredPart } from '../execution/deferred-execution.ts'
import type { LaterParts } from '../execution/later-parts.ts'
import { maskError } from '../execution/mask.ts'

/**
 * How clients are told of parts that come later: multipart/mixed with `incremental` payloads, as Apollo Client and the
 * incremental delivery proposal of 2022-08-24 have it.
 */
const contentType = 'multipart/mixed; boundary="-"; deferSpec=20220824'

const delimiter = '\r\n---'

/** A payload and the delimiter after it, so that a client knows at once that it is whole. */
function part(payload: object): string {
  return `\r\ncontent-type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(payload)}${delimiter}`
}

/** Writes the first part of an answer, then each other as it comes; resolves when the last is written, or the client gone. */
export function writeParts(exchange: Exchange, later: LaterParts, parts: Parts): Promise<void> {
  const { response, headers, requestId, outcome, cancellation } = exchange
  const masking = { requestId, log: parts.log, passesSubgraphErrors: parts.passesSubgraphErrors }
  const incremental = ({ label, path, data, errors }: DeferredPart) => ({
    data,
    path,
    ...(label === undefined ? {} : { label }),
    ...(errors.length > 0 ? { errors: errors.map((error) => maskError(error, masking)) } : {}),
  })
  headers['content-type'] = contentType
  headers['cache-control'] = 'no-store'
  const { data, errors, extensions } = outcome ?? {}
  const first = {
    ...(errors?.length ? { errors } : {}),
    data,
    ...(extensions ? { extensions } : {}),
    hasNext: true,
  }
  response.writeHead(200, headers).write(`${delimiter}${part(first)}`)
  return new Promise((resolve) => {
    // Comes in any case; the end of a response whose client has gone is never told.
    response.once('close', resolve)
    let isOver = false
    const end = (text: string) => {
      if (isOver) return
      isOver = true
      cancellation.remove(onCancel)
      response.end(text)
    }
    const onCancel = (reason: Error) =>
      end(`${part({ errors: [maskError(reason, masking)], hasNext: false })}--\r\n`)
    cancellation.add(onCancel)
    later.listen((found, isLast) => {
      const payload = {
        ...(found.length > 0 ? { incremental: found.map(incremental) } : {}),
        hasNext: !isLast,
      }
      if (isLast) end(`${part(payload)}--\r\n`)
      else if (!isOver) response.write(part(payload))
    })
  })
}
