import { Agent, setGlobalDispatcher } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { serveAnswers } from '../http/serve-answers.ts'
import { planningOf } from './planning.ts'

const size = { types: 10, subgraphs: 5 }
const late = '{"errors":[{"message":"It took too long.","extensions":{"code":"DEADLINE_EXCEEDED"}}]}'

/** A gateway that answers every operation but those that have this in their text. */
async function gateway(given: { lateAt?: string; wrongAt?: string }) {
  const server = serveAnswers((_path, body) => {
    const text = body.toString()
    if (given.lateAt !== undefined && text.includes(given.lateAt)) return late
    return given.wrongAt !== undefined && text.includes(given.wrongAt) ? '{"data":null}' : '{"data":{}}'
  })
  // Connections that are kept alive would hold the server open.
  const agent = new Agent()
  setGlobalDispatcher(agent)
  onTestFinished(async () => {
    await agent.close()
    await server.close()
  })
  return { address: await server.listen(), server }
}

test('thirty operations are planned, each asked for once more when it is known', async () => {
  const { address, server } = await gateway({})
  const planning = await planningOf({ address }, size, 10_000)
  expect(planning).toMatchObject({ operations: 30, isGivenUp: false })
  expect(server.counts()).toEqual({ requests: 60, misses: 30 })
})

test('an operation that the gateway gives up ends the planning, and is told', async () => {
  const { address } = await gateway({ lateAt: 'own3:' })
  expect(await planningOf({ address }, size, 10_000)).toMatchObject({ operations: 3, isGivenUp: true })
})

test('no operation is planned after the time is over, but one always is', async () => {
  const { address } = await gateway({})
  expect(await planningOf({ address }, size, 0)).toMatchObject({ operations: 1, isGivenUp: false })
})

test('any other failure ends the bench', async () => {
  const { address } = await gateway({ wrongAt: 'own1:' })
  await expect(planningOf({ address }, size, 10_000)).rejects.toThrow('{"data":null}')
})
