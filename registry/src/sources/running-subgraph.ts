import { UnreadableFile } from './unreadable-file.ts'

const deadlineMs = 10_000
const sdlLimit = 1_048_576

/** Asks a subgraph that runs for its schema, by `_service { sdl }`. Throws an UnreadableFile that says what came instead. */
export async function readRunningSubgraph(url: string): Promise<string> {
  const failed = (reason: string) =>
    new UnreadableFile(`The subgraph at ${url} gave no schema: ${reason}. Name its file with --schema`)
  let answer: Response
  let text: string
  try {
    answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
    })
    text = await answer.text()
  } catch (err) {
    const { cause, message } = err as Error & { cause?: { code?: string } }
    throw failed(cause?.code ?? message)
  }
  if (text.length > 2 * sdlLimit) throw failed(`it answered ${text.length} characters`)
  const sdl = sdlOf(text)
  if (sdl === undefined) throw failed(`it answered HTTP ${answer.status} without data._service.sdl`)
  return sdl
}

function sdlOf(text: string): string | undefined {
  try {
    const sdl: unknown = JSON.parse(text)?.data?._service?.sdl
    return typeof sdl === 'string' ? sdl : undefined
  } catch {
    return undefined
  }
}
