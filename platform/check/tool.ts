import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import type { Enforcer, Finding } from './enforcer.ts'

/** An enforcer that is a program of its own: it passed when its exit code is 0. */
export function tool(name: string, guards: string, command: readonly string[]): Enforcer {
  return { name, guards, run: (root) => runTool(root, command) }
}

/** Runs a command in `root` with the tools of this repository first on the path. */
function runTool(root: string, [program = '', ...args]: readonly string[]): Promise<Finding> {
  const env = {
    ...process.env,
    PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    FORCE_COLOR: undefined,
    NO_COLOR: '1',
  }
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => resolve({ passed: code === 0, output }))
  })
}
