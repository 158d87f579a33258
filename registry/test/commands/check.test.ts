import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { events, gates, subgraph } from '../fixtures.ts'
import { commit, root, schema, schemaIn, schemaWith, useRepository, write, writeFile } from './repository.ts'

useRepository()

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

describe('what schema check knows of use', () => {
  const documents = 'schema/documents/dashboard.json'
  const withoutName = events.replace('  name: String!\n', '')

  beforeEach(() => {
    write('events', events)
    commit('first')
    write('events', withoutName)
  })

  it('is what the manifests publish: a used field fails, an unused one passes where documents are all', async () => {
    writeFile('schema/registry.yaml', 'check: { clientsSendTrustedDocumentsOnly: true }')
    writeFile(documents, JSON.stringify({ a1: 'query Names { event(id: 1) { name } }' }))
    const used = await schema('check', '--base', 'HEAD')
    expect(used.code).toBe(1)
    expect(used.out).toContain('used: it breaks 1 published operation of dashboard\n    operations: Names')
    writeFile(documents, JSON.stringify({ a1: 'query Ids { event(id: 1) { id } }' }))
    const unused = await schema('check', '--base', 'HEAD')
    expect(unused).toMatchObject({
      code: 0,
      out: expect.stringContaining('unused: it breaks none of 1 published operation'),
    })
  })

  it('is nothing without them: a breaking change fails', async () => {
    expect(await schema('check', '--base', 'HEAD')).toMatchObject({
      code: 1,
      out: expect.stringContaining('unknown: nobody knows who uses it'),
    })
  })

  it('exits 2 and tells every fault of the settings, or of a manifest', async () => {
    writeFile('schema/registry.yaml', 'check: { usage: { days: 0 }, webhook: 1 }')
    const wrong = await schema('check', '--base', 'HEAD')
    expect(wrong).toMatchObject({ code: 2, out: '' })
    expect(wrong.err).toMatch(/check\.webhook.*\n.*check\.usage\.days/)
    writeFile('schema/registry.yaml', '')
    writeFile(documents, '{')
    expect(await schema('check', '--base', 'HEAD')).toMatchObject({
      code: 2,
      err: expect.stringContaining(documents),
    })
  })

  it('writes the report in other formats as well, and the summary of a GitHub step', async () => {
    const summary = join(root, 'summary.md')
    const files = ['--json', 'a.json', '--junit', 'a.xml', '--sarif', 'a.sarif']
    const { out } = await schemaWith(
      { GITHUB_STEP_SUMMARY: summary },
      'check',
      '--base',
      'HEAD',
      '--format',
      'github',
      ...files,
    )
    expect(out).toContain('::error file=subgraphs/events/schema.graphql,line=')
    expect(JSON.parse(readFileSync(join(root, 'a.json'), 'utf8'))).toMatchObject({ outcome: 'breaking' })
    expect(readFileSync(join(root, 'a.xml'), 'utf8')).toContain('<failure type="unknown"')
    expect(JSON.parse(readFileSync(join(root, 'a.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' })
    expect(readFileSync(summary, 'utf8')).toContain('### BREAKING: 1 change')
  })

  it('is about one subgraph when one is named, the others being as they were', async () => {
    write('gates', gates)
    const { code, out } = await schema('check', '--base', 'HEAD', '--subgraph', 'gates', '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(out).changes).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'SUBGRAPH_ADDED' })]),
    )
    expect(JSON.parse(out).changes.map((change: { code: string }) => change.code)).not.toContain(
      'FIELD_REMOVED',
    )
    writeFile('other.graphql', subgraph('events', events).sdl)
    expect(
      (await schema('check', '--base', 'HEAD', '--subgraph', 'events', '--schema', 'other.graphql')).out,
    ).toContain('SAFE: no change')
  })

  it('finds the repository of another folder by --root', async () => {
    const { code, out } = await schemaIn(tmpdir(), 'check', '--base', 'HEAD', '--root', root)
    expect({ code, has: out.includes('FIELD_REMOVED') }).toEqual({ code: 1, has: true })
    expect(await schemaIn(tmpdir(), 'check', '--root', join(root, 'nowhere'))).toMatchObject({ code: 2 })
  })

  it('gives CI places from the top of the repository, wherever in it the graph is', async () => {
    writeFile('services/graph/subgraphs/events/schema.graphql', subgraph('events', events).sdl)
    commit('a graph in a folder')
    writeFile('services/graph/subgraphs/events/schema.graphql', subgraph('events', withoutName).sdl)
    const folder = join(root, 'services/graph')
    const argv = ['check', '--base', 'HEAD', '--root', folder, '--sarif', join(root, 'a.sarif')]
    const place = 'services/graph/subgraphs/events/schema.graphql'
    expect((await schema(...argv, '--format', 'github')).out).toContain(`::error file=${place},line=`)
    const sarif = JSON.parse(readFileSync(join(root, 'a.sarif'), 'utf8'))
    expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(place)
    expect((await schema(...argv)).out).toContain('  subgraphs/events/schema.graphql:')
  })
})
