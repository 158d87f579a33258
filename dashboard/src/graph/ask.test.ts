import { describe, expect, it } from 'vitest'
import { EventsDocument } from '../generated/graphql.ts'
import { createAsk } from './ask.ts'
import type { Send, SendOptions } from './send.ts'

const refused = { data: undefined, problems: [{ code: 'UNAUTHENTICATED', message: 'expired', path: '' }] }
const good = { data: {}, problems: [] }

function platform(accepts: string) {
  const sent: (string | undefined)[] = []
  const send = (async (_document: unknown, _variables: unknown, { accessToken }: SendOptions = {}) => {
    sent.push(accessToken)
    return accessToken === accepts ? good : refused
  }) as Send
  return { send, sent }
}

describe('createAsk', () => {
  it('asks once more with the next token when one was refused', async () => {
    const { send, sent } = platform('new')
    let token = 'old'
    const credentials = {
      accessToken: async () => token,
      refused: () => {
        token = 'new'
      },
    }
    expect(await createAsk(send, credentials)(EventsDocument, {})).toBe(good)
    expect(sent).toEqual(['old', 'new'])
  })

  it('does not repeat itself with the same token', async () => {
    const { send, sent } = platform('other')
    const credentials = { accessToken: async () => 'old', refused: () => {} }
    expect(await createAsk(send, credentials)(EventsDocument, {})).toBe(refused)
    expect(sent).toEqual(['old'])
  })

  it('sends nothing without a token', async () => {
    const { send, sent } = platform('any')
    const credentials = { accessToken: async () => undefined, refused: () => {} }
    const { problems } = await createAsk(send, credentials)(EventsDocument, {})
    expect(problems[0]?.code).toBe('UNREACHABLE')
    expect(sent).toEqual([])
  })
})
