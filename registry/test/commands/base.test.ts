import { describe, expect, it } from 'vitest'
import { events, gates } from '../fixtures.ts'
import { commit, git, schema, useRepository, write } from './repository.ts'

useRepository()

describe('the base that is compared with when none is named', () => {
  const newer = events.replace('  name: String!', '  name: String!\n  slug: String')

  async function baseOf() {
    const { out } = await schema('check', '--format', 'json')
    const { base, changes } = JSON.parse(out)
    return [base.split(' ')[0], changes.map(({ code }: { code: string }) => code)]
  }

  it('is nothing in a repository without a commit: everything is new', async () => {
    write('events', events)
    expect(await baseOf()).toEqual(['an', ['SUBGRAPH_ADDED']])
  })

  it('is the only commit, against which uncommitted work is checked', async () => {
    write('events', events)
    commit('first')
    write('events', newer)
    expect(await baseOf()).toEqual(['HEAD', ['FIELD_ADDED']])
  })

  it('is the commit before, on main without a remote', async () => {
    write('events', events)
    commit('first')
    write('events', newer)
    commit('second')
    expect(await baseOf()).toEqual(['HEAD~1', ['FIELD_ADDED']])
  })

  it('is where the branch left main: what main did since is not the branch’s change', async () => {
    write('events', events)
    commit('first')
    git('checkout', '--quiet', '-b', 'work')
    git('checkout', '--quiet', 'main')
    write('events', newer)
    commit('main moved on')
    git('checkout', '--quiet', 'work')
    write('gates', gates)
    commit('second')
    expect(await baseOf()).toEqual([
      'main',
      ['SCHEMA_SUBSCRIPTION_TYPE_CHANGED', 'SUBGRAPH_ADDED', 'FIELD_ADDED', 'TYPE_ADDED'],
    ])
  })

  it('is origin/main when there is a remote', async () => {
    write('events', events)
    commit('first')
    git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    write('events', newer)
    commit('second')
    expect(await baseOf()).toEqual(['origin/main', ['FIELD_ADDED']])
  })
})
