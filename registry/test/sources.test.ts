import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readContext } from '../src/sources/check-context.ts'
import { readOperations } from '../src/sources/manifest.ts'
import { readPublishedDocuments } from '../src/sources/published-documents.ts'
import { findRoot } from '../src/sources/repository-root.ts'
import { readRevision } from '../src/sources/revision.ts'
import { readWorkingTree } from '../src/sources/working-tree.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headcount sources '))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function git(...args: string[]) {
  const author = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@headcount.test',
    '-c',
    'commit.gpgsign=false',
  ]
  return execFileSync('git', ['-C', root, ...author, ...args], { encoding: 'utf8' }).trim()
}

function commit(): string {
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'all')
  return git('rev-parse', 'HEAD')
}

describe('the subgraphs of a repository', () => {
  it('are where the settings of each side say', () => {
    write('services/a.graphql', 'type Query { é: Int }')
    write(
      'schema/registry.yaml',
      'subgraphs: { a: { file: services/a.graphql, url: http://a.example/graphql } }',
    )
    write('subgraphs/b/schema.graphql', 'type Query { b: Int }')
    const first = commit()
    write('moved/a.graphql', 'type Query { a2: Int }')
    write('schema/registry.yaml', 'subgraphs: { a: { file: moved/a.graphql } }')
    expect(readRevision(root, first)).toEqual([
      {
        name: 'a',
        url: 'http://a.example/graphql',
        sdl: 'type Query { é: Int }',
        file: 'services/a.graphql',
      },
    ])
    expect(readWorkingTree(root)).toMatchObject([
      { name: 'a', sdl: 'type Query { a2: Int }', file: 'moved/a.graphql' },
    ])
  })

  it('are the folders of subgraphs/ where there are no settings', () => {
    for (const name of ['b', 'a']) write(`subgraphs/${name}/schema.graphql`, `type Query { ${name}: Int }`)
    write('subgraphs/c/readme.md', '')
    const first = commit()
    const expected = ['a', 'b'].map((name) =>
      expect.objectContaining({ name, sdl: `type Query { ${name}: Int }` }),
    )
    expect(readWorkingTree(root)).toEqual(expected)
    expect(readRevision(root, first)).toEqual(expected)
  })

  it('that settings name and that are not there are refused', () => {
    write('schema/registry.yaml', 'subgraphs: { a: { file: gone.graphql } }')
    expect(() => readWorkingTree(root)).toThrow(
      'There is no file gone.graphql, which schema/registry.yaml names for subgraph a',
    )
  })
})

describe('the root of a repository', () => {
  const home = '/home/of/the/program'

  it('is the top level of the repository around the folder', () => {
    write('subgraphs/a/schema.graphql', '')
    write('deep/er/file', '')
    commit()
    expect(findRoot({ folder: join(root, 'deep/er'), home })).toBe(git('rev-parse', '--show-toplevel'))
  })

  it('is the program’s own outside of any repository, and no other where a repository has no graph', () => {
    expect(findRoot({ folder: root, home })).toBe(home)
    write('readme.md', '')
    commit()
    expect(() => findRoot({ folder: root, home })).toThrow('name another with --root DIR')
  })
})

describe('manifests', () => {
  const apollo = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id: 'x1', name: 'Home', type: 'query', body: 'query Home { a }' }],
  }

  it.each([
    ['Apollo’s', apollo, [{ id: 'x1', text: 'query Home { a }', name: 'Home', client: '' }]],
    [
      'Apollo’s with a client',
      { ...apollo, operations: [{ ...apollo.operations[0], clientName: 'shop' }] },
      [{ id: 'x1', text: 'query Home { a }', name: 'Home', client: 'shop' }],
    ],
    [
      'a plain map',
      { __proto__x: '{ a }', x2: 'fragment F on A { a } query Two { ...F }' },
      [
        { id: '__proto__x', text: '{ a }', name: null, client: '' },
        { id: 'x2', text: 'fragment F on A { a } query Two { ...F }', name: 'Two', client: '' },
      ],
    ],
  ])('of the form %s are read', (_title, manifest, expected) => {
    expect(readOperations(JSON.stringify(manifest), 'app.json')).toEqual(expected)
  })

  it.each([
    ['{', 'app.json is no manifest: it is not JSON: '],
    ['[]', 'app.json is no manifest: it must be a JSON object'],
    ['{"a": 1}', 'app.json is no manifest: it must be {"<id>": "<text>", …} or'],
    ['{"format": "apollo-persisted-query-manifest"}', 'app.json is no manifest: its "version" must be 1'],
    [
      '{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a"}]}',
      'app.json is no manifest: "operations[0]" must have "id" and "body"',
    ],
    ['{"a": "query {"}', 'app.json: operation a is no GraphQL: Syntax Error'],
  ])('that are wrong are refused with their name: %s', (text, message) => {
    expect(() => readOperations(text, 'app.json')).toThrow(message)
  })

  it('are found by globs; the client is the file’s name', () => {
    write('schema/documents/dashboard.json', '{"x1": "{ a }"}')
    write('apps/scanner/documents/scanner.json', '{"x2": "{ b }"}')
    expect(readPublishedDocuments(root, ['schema/documents/*.json', 'apps/**/*.json'])).toEqual([
      { id: 'x2', text: '{ b }', name: null, client: 'scanner' },
      { id: 'x1', text: '{ a }', name: null, client: 'dashboard' },
    ])
    expect(readPublishedDocuments(root, ['nowhere/*.json'])).toEqual([])
  })
})

describe('who has something checked', () => {
  it('is told by git, and better by the build', () => {
    write('file', '')
    const sha = commit()
    expect(readContext(root, {})).toEqual({ commit: sha, branch: 'main', author: 'test' })
    const environment = {
      ...{ GITHUB_SHA: 'abc', GITHUB_HEAD_REF: 'work', GITHUB_ACTOR: 'ada' },
      ...{ GITHUB_SERVER_URL: 'https://github.example', GITHUB_REPOSITORY: 'a/b', GITHUB_RUN_ID: '7' },
    }
    expect(readContext(root, environment)).toEqual({
      ...{ commit: 'abc', branch: 'work', author: 'ada', url: 'https://github.example/a/b/actions/runs/7' },
    })
    expect(readContext(join(root, 'nowhere'), {})).toEqual({})
  })
})
