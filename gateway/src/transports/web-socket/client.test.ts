import { expect, test } from 'vitest'
import { Client, type Opening, type Surroundings } from './client.ts'
import type { Connection } from './connection.ts'
import type { Operation } from './operation.ts'

test('subscriptions of a client that reads slowly have their turns: none waits while another fills the connection again', () => {
  const connection = { isFull: false }
  const client = new Client(connection as Connection, {} as Opening, {} as Surroundings)
  const told: string[] = []
  // Each of them has a result at any time, and one result fills the connection.
  const operationOf = (id: string) => ({
    id,
    isOver: false,
    drained() {
      told.push(id)
      connection.isFull = true
    },
  })
  const { operations } = Object.assign(client as unknown as { operations: Map<string, Operation> }, {
    operations: new Map(['1', '2', '3'].map((id) => [id, operationOf(id) as unknown as Operation])),
  })
  for (let round = 0; round < 5; round += 1) {
    connection.isFull = false
    client.onDrained()
  }
  expect(told).toEqual(['1', '2', '3', '1', '2'])
  expect(operations.size).toBe(3)
})
