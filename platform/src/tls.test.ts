import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readTls } from './tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'headcount-tls-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const options = { choice: 'self', host: '127.0.0.1', dataDirectory: folder, folder }

test('who trusts the local authority connects by address and by name, and nobody else does', async () => {
  const tls = await readTls(options)
  const server = createServer(tls, (_req, res) => res.end('hello'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const ask = (hostname: string, ca?: string) =>
    new Promise<string>((done) => {
      const req = request({ hostname, port, family: 4, ...(ca && { ca }) }, (res) => {
        res.on('data', (text) => done(String(text)))
      })
      req.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? ''))
      req.end()
    })
  expect(await ask('127.0.0.1', tls.authority?.cert)).toBe('hello')
  expect(await ask('localhost', tls.authority?.cert)).toBe('hello')
  expect(await ask('127.0.0.1')).not.toBe('hello')
  server.close()
})

test('the authority is made once and its key is its owner’s alone', async () => {
  const first = await readTls(options)
  const second = await readTls(options)
  expect(second.authority).toEqual(first.authority)
  expect(first.authority?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
  expect(statSync(join(folder, 'tls', 'authority.key')).mode & 0o077).toBe(0)
})

test('files of one’s own are read, and a missing one is named', async () => {
  writeFileSync(join(folder, 'a.crt'), 'CERT')
  writeFileSync(join(folder, 'a.key'), 'KEY')
  expect(await readTls({ ...options, choice: 'a.crt,a.key' })).toEqual({ cert: 'CERT', key: 'KEY' })
  await expect(readTls({ ...options, choice: 'a.crt,b.key' })).rejects.toThrow('b.key')
  await expect(readTls({ ...options, choice: 'a.crt' })).rejects.toThrow('CERT,KEY')
  expect(readFileSync(join(folder, 'a.crt'), 'utf8')).toBe('CERT')
})
