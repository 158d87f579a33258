import { spawn } from 'node:child_process'
import { environment } from './environment.mjs'
import { Refusal } from './refusal.mjs'

const neededMajor = 20
// Enough of a tool's last words to tell what went wrong.
const tailChars = 20_000

export function refuseOldNode() {
  if (Number(process.versions.node.split('.', 1)[0]) >= neededMajor) return
  throw new Refusal(`Headcount needs Node ${neededMajor} or newer to start, and this is ${process.version}.`)
}

/**
 * Runs a tool to its end. Its output is shown as it comes, or, when `quiet`, only if it fails.
 * Throws a Refusal that says what probably went wrong and what to do.
 */
export async function runTool([command, ...args], { cwd, quiet }) {
  let tail = ''
  const child = spawn(command, args, { cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
  const keep = (chunk) => {
    tail = (tail + chunk).slice(-tailChars)
    if (!quiet) process.stdout.write(chunk)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const { code, err } = await new Promise((resolve) => {
    child.on('error', (err) => resolve({ err }))
    child.on('close', (code) => resolve({ code }))
  })
  if (code === 0) return
  if (err?.code === 'ENOENT') {
    throw new Refusal(
      `${command} was not found: install npm, which brings it (https://nodejs.org), and start again.`,
    )
  }
  if (quiet) process.stderr.write(tail)
  throw new Refusal(diagnose([command, ...args].join(' '), tail, err))
}

const causes = [
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL/,
    says: 'The package registry cannot be reached: check the network (or the proxy in npm’s settings) and start again.',
  },
  { sign: /ENOSPC/, says: 'The disk is full: Headcount needs about 1 GB. Make room and start again.' },
  {
    sign: /ERR_PNPM_OUTDATED_LOCKFILE/,
    says: 'pnpm-lock.yaml does not fit package.json: run `npx pnpm@12.21.0 install` and start again.',
  },
  {
    sign: /EACCES|EPERM|EROFS/,
    says: 'A folder is not writable for this user: the one named above, often npm’s cache below HOME. Mend it and start again.',
  },
]

function diagnose(command, tail, err) {
  const cause = causes.find(({ sign }) => sign.test(tail))
  return `${cause?.says ?? `It stopped here: ${err?.message ?? 'see above'}.`} (\`${command}\` failed)`
}
