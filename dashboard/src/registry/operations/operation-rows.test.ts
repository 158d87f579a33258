import { describe, expect, it } from 'vitest'
import { operationAt } from '../../../test/registry/operation.ts'
import { filterOperations, NO_FILTER, operationKeys } from './operation-rows.ts'

const operations = [
  operationAt('Events', { documentId: 'sha256:1', clients: ['headcount-dashboard'] }),
  operationAt('RecordScan', { kind: 'mutation', documentId: 'sha256:2', clients: ['headcount-scanner'] }),
  operationAt(null, { clients: [''] }),
]
const names = (filter: Partial<typeof NO_FILTER>) =>
  filterOperations(operations, { ...NO_FILTER, ...filter }).map(({ name }) => name)

describe('filterOperations', () => {
  it('finds by a part of the name, of a client or of an id', () => {
    expect(names({ text: ' event' })).toEqual(['Events'])
    expect(names({ text: 'SCANNER' })).toEqual(['RecordScan'])
    expect(names({ text: 'sha256:1' })).toEqual(['Events'])
    expect(names({})).toHaveLength(3)
  })

  it('keeps a kind, and what came as a trusted document or did not', () => {
    expect(names({ kind: 'mutation' })).toEqual(['RecordScan'])
    expect(names({ trust: 'trusted' })).toEqual(['Events', 'RecordScan'])
    expect(names({ trust: 'free', kind: 'mutation' })).toEqual([])
  })
})

describe('operationKeys', () => {
  it('weigh errors by requests, and count clients by their names', () => {
    const operation = operationAt('A', { requests: 200, errors: 10, clients: ['a', 'a', 'b'] })
    expect(operationKeys.errors(operation)).toBe(0.05)
    expect(operationKeys.errors({ ...operation, requests: 0 })).toBeNull()
    expect(operationKeys.clients(operation)).toBe(2)
  })
})
