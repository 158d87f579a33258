import { expect, it } from 'vitest'
import { operationAt } from '../../../test/registry/operation.ts'
import { clientsOf } from './clients.ts'

it('adds up what each build of an app asked, the busiest first', () => {
  const clients = clientsOf([
    operationAt('A', { requests: 10, clients: ['web'] }),
    operationAt('B', { requests: 300, clients: ['web', 'phone', 'web'] }),
  ])
  expect(
    clients.map(({ name, version, requests, operations }) => [name, version, requests, operations]),
  ).toEqual([
    ['web', '1.0', 110, 2],
    ['phone', '1.1', 100, 1],
    ['web', '1.2', 100, 1],
  ])
})
