import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { events, gates, subgraph } from '../fixtures.ts'
import { commit, root, schema, useRepository, write } from './repository.ts'

useRepository()

describe('schema compose', () => {
  it('writes what gateways, apps and reviews read, and finds it up to date', async () => {
    write('events', events)
    write('gates', gates)
    expect(await schema('compose', '--check')).toMatchObject({
      code: 1,
      err: expect.stringContaining('not up to date'),
    })
    expect(await schema('compose')).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 subgraphs compose'),
    })
    expect(readdirSync(join(root, 'schema')).sort()).toEqual([
      'api.graphql',
      'subgraphs',
      'supergraph.graphql',
    ])
    expect(readFileSync(join(root, 'schema/subgraphs/gates.graphql'), 'utf8')).toBe(
      subgraph('gates', gates).sdl,
    )
    expect(await schema('compose', '--check')).toEqual({ code: 0, out: 'schema/ is up to date\n', err: '' })
  })

  it('shows the difference of a stale file and leaves it alone', async () => {
    write('events', events)
    await schema('compose')
    const before = readFileSync(join(root, 'schema/api.graphql'), 'utf8')
    write('events', events.replace('  name: String!', '  name: String!\n  slug: String'))
    const { code, out } = await schema('compose', '--check')
    expect(code).toBe(1)
    expect(out).toContain('+++ schema/api.graphql')
    expect(out).toContain('+  slug: String')
    expect(readFileSync(join(root, 'schema/api.graphql'), 'utf8')).toBe(before)
  })

  it('removes the file of a subgraph that is no more', async () => {
    write('events', events)
    write('gates', gates)
    await schema('compose')
    rmSync(join(root, 'subgraphs/gates'), { recursive: true })
    expect((await schema('compose', '--check')).code).toBe(1)
    await schema('compose')
    expect(readdirSync(join(root, 'schema/subgraphs'))).toEqual(['events.graphql'])
  })

  it('writes nothing when the subgraphs do not compose, and says where and how to mend', async () => {
    write('events', events.replace('): Event', '): Evnt'))
    const { code, err } = await schema('compose')
    expect(code).toBe(1)
    expect(err).toContain('error INVALID_GRAPHQL at subgraphs/events/schema.graphql:3:33')
    expect(err).toContain('mend: ')
    expect(readdirSync(root)).not.toContain('schema')
  })
})

describe('schema diff', () => {
  it('shows the API schema’s text before and after', async () => {
    write('events', events)
    commit('first')
    write('events', events.replace('name: String!', 'name: String'))
    const { code, out } = await schema('diff', '--base', 'HEAD')
    expect(code).toBe(0)
    expect(out).toContain('-  name: String!\n+  name: String\n')
    expect((await schema('diff', '--base', 'HEAD', '--schema', 'subgraphs')).out).toContain(
      'subgraphs/events.graphql',
    )
  })
})

describe('help', () => {
  it.each([[['--help']], [['compose', '--help']], [['check', '-h']], [['diff', '--help']]])(
    'teaches on %j',
    async (argv) => {
      const { code, out } = await schema(...argv)
      expect(code).toBe(0)
      expect(out).toContain('Usage: headcount schema')
    },
  )

  it('is what a bare command prints, with an exit code for scripts', async () => {
    expect(await schema()).toMatchObject({ code: 2, out: expect.stringContaining('compose') })
  })
})
