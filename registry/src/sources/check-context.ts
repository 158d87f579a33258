import type { CheckContext } from '@headcount/registry-api'
import { GitError, git } from './git.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Who has something checked or published, from git and from what GitHub Actions and GitLab CI tell. */
export function readContext(root: string, environment: Environment): CheckContext {
  const first = (...names: readonly string[]) => names.map((name) => environment[name]).find(Boolean)
  const context = {
    commit: first('GITHUB_SHA', 'CI_COMMIT_SHA') ?? ofGit(root, 'rev-parse', 'HEAD'),
    branch:
      first(
        'GITHUB_HEAD_REF',
        'GITHUB_REF_NAME',
        'CI_MERGE_REQUEST_SOURCE_BRANCH_NAME',
        'CI_COMMIT_REF_NAME',
      ) ?? ofGit(root, 'branch', '--show-current'),
    author: first('GITHUB_ACTOR', 'GITLAB_USER_LOGIN') ?? ofGit(root, 'log', '-1', '--format=%an'),
    url: githubRun(environment) ?? first('CI_PIPELINE_URL'),
  }
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value))
}

function githubRun(environment: Environment): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined
}

/** Undefined where git does not know: a check runs without a repository too. */
function ofGit(root: string, ...args: string[]): string | undefined {
  try {
    return git(root, ...args).trim() || undefined
  } catch (err) {
    if (err instanceof GitError) return undefined
    throw err
  }
}
