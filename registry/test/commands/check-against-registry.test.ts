import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { CheckRequest } from '@headcount/registry-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { check } from '../../src/comparison/check.ts'
import { events, gates, subgraph } from '../fixtures.ts'
import { commit, root, schema, schemaWith, useRepository, write } from './repository.ts'

useRepository()

describe('schema check against a registry', () => {
  let server: Server
  let url: string
  const seen: { path: string | undefined; authorization: string | undefined; request: CheckRequest }[] = []

  beforeEach(async () => {
    write('events', events)
    seen.length = 0
    server = createServer(async (req, res) => {
      let body = ''
      for await (const chunk of req) body += chunk
      const request = JSON.parse(body) as CheckRequest
      seen.push({ path: req.url, authorization: req.headers.authorization, request })
      const served = subgraph('events', events.replace('  status', '  slug: String\n  status'))
      const head = request.subgraphs.map(({ name, sdl, file }) => ({
        ...served,
        name,
        sdl,
        ...(file && { file }),
      }))
      const report = await check({ base: [served], head })
      res.end(JSON.stringify({ id: 'c1', base: 7, report }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/registry`
  })

  afterEach(() => server.close())

  it('sends the subgraphs, the settings and who asks, and prints what comes back', async () => {
    mkdirSync(join(root, 'schema'))
    writeFileSync(join(root, 'schema/registry.yaml'), 'lint: { TYPE_NAME: off }')
    commit('first')
    const environment = { HEADCOUNT_REGISTRY_TOKEN: 'hcr_1', GITHUB_ACTOR: 'ada' }
    const { code, out } = await schemaWith(environment, 'check', '--registry', url)
    expect(code).toBe(1)
    expect(out).toContain('Working tree against version 7 of the registry: events')
    expect(out).toContain('FIELD_REMOVED  Event.slug')
    expect(seen).toMatchObject([
      {
        path: '/registry/checks',
        authorization: 'Bearer hcr_1',
        request: {
          subgraphs: [
            { name: 'events', sdl: subgraph('events', events).sdl, file: 'subgraphs/events/schema.graphql' },
          ],
          isWhole: true,
          settings: { lint: { TYPE_NAME: 'off' } },
          context: { author: 'ada', branch: 'main', commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
        },
      },
    ])
  })

  it('sends one subgraph when one is named, by the environment’s address too', async () => {
    write('gates', gates)
    await schemaWith({ HEADCOUNT_REGISTRY_URL: url }, 'check', '--subgraph', 'events')
    expect(seen).toMatchObject([{ request: { subgraphs: [{ name: 'events' }], isWhole: false } }])
  })

  it.each([
    [['--registry', 'http://127.0.0.1:1/registry'], 'cannot be reached'],
    [['--registry', 'nowhere'], 'is no address of a registry'],
    [['--registry', ''], '--registry is empty'],
    [['--registry', 'http://127.0.0.1:1', '--base', 'HEAD'], 'name one of them'],
  ])('exits 2 where there is none: %j', async (argv, message) => {
    expect(await schema('check', ...argv)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(message),
    })
  })
})
