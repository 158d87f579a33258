import type { CheckSettings, Enforcer, Finding } from './enforcer.ts'

const atOnce = 2

interface Run {
  root: string
  settings: CheckSettings
  /** Called with each result's line, and what to mend when it failed. */
  print(text: string): void
}

/** Runs the enforcers two at a time and answers how many failed. */
export async function runEnforcers(enforcers: readonly Enforcer[], run: Run): Promise<number> {
  const queue = [...enforcers]
  let failed = 0
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const startMs = performance.now()
      const finding = await runOne(next, run)
      if (!finding.passed) failed += 1
      run.print(line(next, finding, performance.now() - startMs))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return failed
}

/** An enforcer that throws has failed, and the others go on. */
async function runOne(enforcer: Enforcer, { root, settings }: Run): Promise<Finding> {
  try {
    return await enforcer.run(root, settings)
  } catch (err) {
    return { passed: false, output: err instanceof Error ? String(err.stack) : String(err) }
  }
}

function line({ name, guards }: Enforcer, { passed, output }: Finding, elapsedMs: number): string {
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`.padStart(7)
  const head = `${passed ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${seconds}  ${guards}`
  return passed ? head : `${head}\n${output.trimEnd().replaceAll(/^/gm, '       ')}`
}
