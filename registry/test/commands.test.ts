import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runSchema } from '../src/index.ts'
import { events, gates, subgraph } from './fixtures.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headcount registry '))
  git('init', '--quiet', '--initial-branch=main')
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

function git(...args: string[]) {
  const author = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@headcount.test',
    '-c',
    'commit.gpgsign=false',
  ]
  return execFileSync('git', ['-C', root, ...author, ...args], { encoding: 'utf8' })
}

function commit(message: string) {
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
}

function write(name: string, sdl: string) {
  mkdirSync(join(root, 'subgraphs', name), { recursive: true })
  writeFileSync(join(root, 'subgraphs', name, 'schema.graphql'), subgraph(name, sdl).sdl)
}

async function schema(...argv: string[]) {
  let out = ''
  let err = ''
  const code = await runSchema(argv, {
    folder: root,
    home: root,
    environment: {},
    out: (text) => {
      out += `${text}\n`
    },
    err: (text) => {
      err += `${text}\n`
    },
  })
  return { code, out, err }
}

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

describe('schema check', () => {
  beforeEach(() => {
    write('events', events)
    commit('first')
  })

  it('exits 0 when nothing changed since the named revision', async () => {
    expect(await schema('check', '--base', 'HEAD')).toMatchObject({
      code: 0,
      out: expect.stringContaining('SAFE: no change'),
    })
  })

  it('exits 1 on a breaking change, naming code, element and place', async () => {
    write('events', events.replace('name: String!', 'name: String'))
    const { code, out } = await schema('check', '--base', 'HEAD')
    expect(code).toBe(1)
    expect(out).toContain('breaking (1)')
    expect(out).toContain('FIELD_TYPE_CHANGED  Event.name  subgraphs/events/schema.graphql:7:3')
    expect(out).toMatch(/BREAKING: 1 change that an app could notice\n$/)
  })

  it('exits 1 when the subgraphs do not compose', async () => {
    write('events', events.replace('): Event', '): Evnt'))
    expect(await schema('check')).toMatchObject({
      code: 1,
      out: expect.stringContaining('NOT COMPOSED: 1 error'),
    })
  })

  it('writes the same report as JSON', async () => {
    write('events', events.replace('DRAFT LIVE', 'DRAFT LIVE ENDED'))
    const { code, out } = await schema('check', '--base', 'HEAD', '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      base: expect.stringMatching(/^HEAD \([0-9a-f]{7}\)$/),
      subgraphs: ['events'],
      outcome: 'safe',
      changes: [{ level: 'dangerous', code: 'ENUM_VALUE_ADDED' }],
    })
  })

  it.each([
    [['check', '--base', 'nowhere'], "no revision 'nowhere'"],
    [['check', '--base', '--all'], '--base'],
    [['check', '--base', ''], '--base is empty'],
    [['check', '--format', 'xml'], "Unknown format 'xml': use human, json, junit, github, sarif"],
    [['check', '--colour'], "Unknown option '--colour'"],
    [['check', 'events'], "Unexpected argument 'events'"],
    [['diff', '--schema', 'gql'], "Unknown schema 'gql': use api, supergraph, subgraphs"],
    [['push'], "Unknown command 'push': use compose, check, diff"],
    [['toString'], "Unknown command 'toString'"],
  ])('exits 2 and says why in one line on %j', async (argv, message) => {
    const { code, out, err } = await schema(...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(message)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('exits 2 outside of a repository', async () => {
    rmSync(join(root, '.git'), { recursive: true })
    expect(await schema('check', '--base', 'HEAD')).toMatchObject({ code: 2, out: '' })
  })
})

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
