import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { runSchema } from '../../src/commands/schema.ts'
import { subgraph } from '../fixtures.ts'

/** The root of the test's own git repository. */
export let root: string

/** A new repository for each test of the file. */
export function useRepository(): void {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'headcount registry '))
    git('init', '--quiet', '--initial-branch=main')
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))
}

export function git(...args: string[]): string {
  const author = ['user.name=test', 'user.email=test@headcount.test', 'commit.gpgsign=false']
  const options = author.flatMap((one) => ['-c', one])
  return execFileSync('git', ['-C', root, ...options, ...args], { encoding: 'utf8' })
}

export function commit(message: string): void {
  git('add', '--all')
  git('commit', '--quiet', '--message', message)
}

/** Writes a file, below the root. */
export function writeFile(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

/** Writes a subgraph's schema. */
export function write(name: string, sdl: string): void {
  writeFile(`subgraphs/${name}/schema.graphql`, subgraph(name, sdl).sdl)
}

/** `headcount schema …` in the repository. */
export const schema = (...argv: string[]) => call({}, argv)

/** The same in another folder. */
export const schemaIn = (folder: string, ...argv: string[]) => call({ folder }, argv)

/** The same with names in the environment. */
export const schemaWith = (environment: Record<string, string>, ...argv: string[]) =>
  call({ environment }, argv)

async function call(rest: { folder?: string; environment?: Record<string, string> }, argv: string[]) {
  let out = ''
  let err = ''
  const code = await runSchema(argv, {
    ...{ folder: root, home: root, environment: {} },
    ...rest,
    out: (text) => {
      out += `${text}\n`
    },
    err: (text) => {
      err += `${text}\n`
    },
  })
  return { code, out, err }
}
