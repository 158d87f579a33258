import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'

// Each test starts the program several times, while others load the machine.
vi.setConfig({ testTimeout: 90_000 })

const home = fileURLToPath(new URL('../../', import.meta.url))
const read = (name: string) => parse(readFileSync(new URL(`../ci/${name}`, import.meta.url), 'utf8'))

interface GithubStep {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
}
interface GithubJob {
  readonly steps: readonly GithubStep[]
}
const github = read('github-actions.yaml') as {
  readonly jobs: { readonly check: GithubJob; readonly publish: GithubJob }
}
const gitlab = read('gitlab-ci.yaml') as Readonly<
  Record<'.headcount' | 'check-graph' | 'publish-graph', { script?: string[]; before_script?: string[] }>
>

const schema = 'type Query {\n  "Says hello."\n  hello: String!\n  "Says bye."\n  bye: String\n}\n'
const safe = schema.replace('  "Says bye."', '  "Says more."\n  more: String\n  "Says bye."')
const breaking = schema.replace('  "Says bye."\n  bye: String\n', '')

let folder: string
let root: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headcount-ci-'))
  root = join(folder, 'repository')
  mkdirSync(root)
  git('init', '--quiet', '--initial-branch=main')
  change(schema)
  git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  git('checkout', '--quiet', '-b', 'work')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function git(...args: string[]): string {
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

/** Commits the schema of the only subgraph. */
function change(sdl: string): void {
  const file = join(root, 'services/hello.graphql')
  mkdirSync(dirname(file), { recursive: true })
  mkdirSync(join(root, 'schema'), { recursive: true })
  writeFileSync(file, sdl)
  writeFileSync(
    join(root, 'schema/registry.yaml'),
    'subgraphs: { hello: { file: services/hello.graphql } }\n',
  )
  git('add', '--all')
  git('commit', '--quiet', '--message', 'change')
}

/** Runs shell steps one after the other, as the runner of either does: each ends at its first failure. */
function run(steps: readonly string[], environment: Record<string, string>) {
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`
  let out = ''
  for (const step of steps) {
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step],
      {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: path, HOME: folder, HEADCOUNT_HOME: home, HEADCOUNT_REGISTRY_URL: '', ...environment },
      },
    )
    out += stdout + stderr
    if (status !== 0) return { status, out }
  }
  return { status: 0, out }
}

const shellSteps = ({ steps }: GithubJob) => steps.flatMap(({ run: step }) => step ?? [])

function runGithub(job: GithubJob, environment: Record<string, string> = {}) {
  const summary = join(folder, 'summary.md')
  return run(shellSteps(job), {
    ...{ GITHUB_WORKSPACE: root, GITHUB_BASE_REF: 'main', GITHUB_STEP_SUMMARY: summary },
    ...environment,
  })
}

function runGitlab(job: 'check-graph' | 'publish-graph', environment: Record<string, string> = {}) {
  const steps = [...(gitlab['.headcount'].before_script ?? []), ...(gitlab[job].script ?? [])]
  const base = git('rev-parse', 'origin/main')
  return run(steps, { CI_PROJECT_DIR: root, CI_MERGE_REQUEST_DIFF_BASE_SHA: base, ...environment })
}

/** A program in Headcount's place that writes down how it was called. */
function recorder() {
  const program = join(folder, 'program/bin/headcount')
  const log = join(folder, 'calls')
  mkdirSync(dirname(program), { recursive: true })
  writeFileSync(program, `#!/bin/sh\necho "$HEADCOUNT_REGISTRY_TOKEN $*" >> '${log}'\n`)
  chmodSync(program, 0o755)
  return {
    HEADCOUNT_HOME: dirname(dirname(program)),
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
  }
}

describe('the workflow of GitHub Actions', () => {
  test('passes a safe change and fails one that breaks, with annotation, summary and SARIF', () => {
    change(safe)
    expect(runGithub(github.jobs.check)).toMatchObject({
      status: 0,
      out: expect.stringContaining('SAFE: 1 change'),
    })
    change(breaking)
    const { status, out } = runGithub(github.jobs.check)
    expect(status).toBe(1)
    expect(out).toContain(
      '::error file=services/hello.graphql,line=1,col=6,title=breaking%2C unknown%3A FIELD_REMOVED Query.bye::',
    )
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('### BREAKING: 1 change')
    const sarif = JSON.parse(readFileSync(join(root, 'headcount.sarif'), 'utf8'))
    expect(sarif.runs[0].results).toMatchObject([{ ruleId: 'FIELD_REMOVED', level: 'error' }])
  })

  test('compares with the registry where there is one, with the token for checks', () => {
    const { calls, ...environment } = recorder()
    const url = 'http://127.0.0.1:4000/registry'
    const token = { HEADCOUNT_REGISTRY_URL: url, HEADCOUNT_REGISTRY_TOKEN: 'hcr_check' }
    runGithub(github.jobs.check, { ...environment, ...token })
    expect(calls()).toBe(`hcr_check schema check --root ${root} --format github --sarif headcount.sarif\n`)
  })

  test('publishes on main, and nothing without a registry', () => {
    const { calls, ...environment } = recorder()
    expect(runGithub(github.jobs.publish, environment)).toMatchObject({
      status: 0,
      out: expect.stringContaining('no registry'),
    })
    expect(calls()).toBe('')
    const token = {
      HEADCOUNT_REGISTRY_URL: 'http://127.0.0.1:4000/registry',
      HEADCOUNT_REGISTRY_TOKEN: 'hcr_publish',
    }
    runGithub(github.jobs.publish, { ...environment, ...token })
    expect(calls()).toBe(`hcr_publish schema publish --all --root ${root}\n`)
  })

  test('gives each job its own token, from a secret, and pins the version of every action', () => {
    const text = readFileSync(new URL('../ci/github-actions.yaml', import.meta.url), 'utf8')
    expect(text.match(/secrets\.\w+/g)).toEqual([
      'secrets.HEADCOUNT_CHECK_TOKEN',
      'secrets.HEADCOUNT_PUBLISH_TOKEN',
    ])
    // What others write must not become part of a shell's text.
    for (const job of Object.values(github.jobs)) {
      for (const step of shellSteps(job)) expect(step).not.toContain('${{')
      for (const { uses } of job.steps) if (uses) expect(uses).toMatch(/^[\w./-]+@v\d+$/)
    }
  })
})

describe('the jobs of GitLab CI', () => {
  test('pass a safe change and fail one that breaks, with JUnit and SARIF', () => {
    change(safe)
    expect(runGitlab('check-graph')).toMatchObject({
      status: 0,
      out: expect.stringContaining('SAFE: 1 change'),
    })
    change(breaking)
    expect(runGitlab('check-graph')).toMatchObject({
      status: 1,
      out: expect.stringContaining('FIELD_REMOVED  Query.bye'),
    })
    expect(readFileSync(join(root, 'headcount.junit.xml'), 'utf8')).toContain('<failure type="unknown"')
    expect(existsSync(join(root, 'headcount.sarif'))).toBe(true)
  })

  test('compare with the registry where there is one, and publish with a token of its own', () => {
    const { calls, ...environment } = recorder()
    const tokens = { HEADCOUNT_CHECK_TOKEN: 'hcr_check', HEADCOUNT_PUBLISH_TOKEN: 'hcr_publish' }
    const registry = { HEADCOUNT_REGISTRY_URL: 'http://127.0.0.1:4000/registry' }
    runGitlab('check-graph', { ...environment, ...tokens, ...registry })
    runGitlab('publish-graph', { ...environment, ...tokens, ...registry })
    expect(calls().split('\n')).toEqual([
      `hcr_check schema check --root ${root} --junit headcount.junit.xml --sarif headcount.sarif`,
      `hcr_publish schema publish --all --root ${root}`,
      '',
    ])
  })
})

test('a check that cannot run fails either: a base that is not there', () => {
  expect(runGithub(github.jobs.check, { GITHUB_BASE_REF: 'nowhere' })).toMatchObject({ status: 2 })
  expect(runGitlab('check-graph', { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'nowhere' })).toMatchObject({ status: 2 })
})
