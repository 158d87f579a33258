import { expect, test } from 'vitest'
import { sharesOf } from './profile-shares.ts'

const frames = [
  ['(idle)', ''],
  ['(garbage collector)', ''],
  ['parse', 'file:///clone/node_modules/.pnpm/pg@8/node_modules/pg/lib/client.js'],
  ['sign', 'file:///clone/node_modules/.pnpm/x/node_modules/@scope/name/index.js'],
  ['decide', 'file:///clone/subgraphs/gates/src/domain/decide.ts'],
  ['write', 'node:internal/streams/writable'],
  ['write', 'node:net'],
] as const

test('busy time is summed by the package, service or part of Node that spent it; idle time does not count', () => {
  const nodes = frames.map(([functionName, url], id) => ({ id, callFrame: { functionName, url } }))
  const profile = { nodes, samples: [0, 1, 2, 4, 4, 3, 5, 6], timeDeltas: [900, 10, 20, 15, 15, 25, 10, 5] }
  expect(sharesOf(profile, '/clone/')).toEqual([
    { code: 'subgraphs/gates', part: 0.3 },
    { code: '@scope/name', part: 0.25 },
    { code: 'pg', part: 0.2 },
    { code: '(garbage collector)', part: 0.1 },
    { code: "Node's streams", part: 0.1 },
    { code: "Node's net", part: 0.05 },
  ])
})
