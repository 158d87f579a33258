/** One event of a stream. */
export interface StreamEvent {
  readonly event: string
  readonly data: string
  /** The last `id` of the stream so far; empty = none. */
  readonly id: string
}

/** An event of more characters than this ends the stream, before it fills the memory. */
const MOST_CHARACTERS = 8_388_608

/**
 * Reads a stream of events as the HTML standard has it (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * `onRetry` is told the wait that the server asks for, in milliseconds, also where no event follows.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onRetry: (retryMs: number) => void,
): AsyncGenerator<StreamEvent> {
  let event = ''
  let data: string[] = []
  let id = ''
  let characters = 0
  for await (const line of readLines(body)) {
    characters += line.length
    if (characters > MOST_CHARACTERS) throw tooLarge()
    const [name, value] = splitLine(line)
    if (name === 'event') event = value
    else if (name === 'data') data.push(value)
    else if (name === 'id' && !value.includes('\0')) id = value
    else if (name === 'retry' && /^\d+$/.test(value)) onRetry(Number(value))
    if (line !== '') continue
    if (data.length > 0) yield { event: event || 'message', data: data.join('\n'), id }
    event = ''
    data = []
    characters = 0
  }
}

/** A comment has an empty name. */
function splitLine(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return colon === -1 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]
}

/** Lines end with CR, LF or both; a text without an end is no line. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of chunksOf(body)) {
    text += decoder.decode(bytes, { stream: true })
    // A CR at the end may be the first half of CR LF.
    const lines = text.split(/\r\n|\n|\r(?!$)/)
    text = lines.pop() ?? ''
    if (text.length > MOST_CHARACTERS) throw tooLarge()
    yield* lines
  }
}

/** Not every browser iterates over a stream. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

function tooLarge(): Error {
  return new Error(`An event has more than ${MOST_CHARACTERS} characters.`)
}
