import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { type Linked, LinkedList } from './linked-list.ts'

class Member implements Linked<Member> {
  readonly name: number
  before: Member | undefined = undefined
  after: Member | undefined = undefined
  readonly ballast: number[]

  constructor(name: number, length = 0) {
    this.name = name
    this.ballast = new Array(length).fill(name)
  }
}

function namesOf(list: LinkedList<Member>): number[] {
  const names = []
  for (let member = list.first; member; member = member.after) names.push(member.name)
  return names
}

test('members are in the order in which they were added, wherever others are taken out', () => {
  const list = new LinkedList<Member>()
  const members = [0, 1, 2, 3, 4].map((name) => new Member(name))
  for (const member of members) list.add(member)
  const take = (name: number) => list.remove(members[name] as Member)
  take(2)
  expect(namesOf(list)).toEqual([0, 1, 3, 4])
  take(0)
  take(4)
  expect(namesOf(list)).toEqual([1, 3])
  expect(list.size).toBe(2)
  list.add(members[0] as Member)
  expect(namesOf(list)).toEqual([1, 3, 0])
  for (const name of [1, 3, 0]) take(name)
  expect(list).toMatchObject({ first: undefined, size: 0 })
})

test('what is not in it is not taken out', () => {
  const list = new LinkedList<Member>()
  const only = new Member(0)
  list.add(only)
  list.remove(new Member(1))
  expect(namesOf(list)).toEqual([0])
  list.remove(only)
  list.remove(only)
  expect(list.size).toBe(0)
})

test('what has come and gone does not stay among old objects', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const oldBytes = () =>
    getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space')?.space_used_size ?? 0
  const list = new LinkedList<Member>()
  const open: Member[] = []
  const comeAndGo = async (count: number) => {
    for (let name = 0; name < count; name += 1) {
      const member = new Member(name, 100)
      list.add(member)
      open.push(member)
      if (open.length > 20) list.remove(open.shift() as Member)
      if (name % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await comeAndGo(2_000)
  // Whatever is there now is old afterwards.
  collect()
  const before = oldBytes()
  let most = before
  // 90 MB come and go. With a Set more than 15 MB of them were old at once.
  for (let part = 0; part < 20; part += 1) {
    await comeAndGo(5_000)
    most = Math.max(most, oldBytes())
  }
  expect(most - before).toBeLessThan(6_000_000)
})
