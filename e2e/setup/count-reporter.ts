import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node'

interface Skipped {
  title: string
  reason: string
}

/**
 * Prints `N passed, N failed, N skipped` as the very last line of a run, and before it every skipped test with
 * its reason. With CI=true a skipped test fails the run.
 */
export class CountReporter implements Reporter {
  #passed = 0
  #failed = 0
  #skipped: Skipped[] = []

  onInit(): void {
    // Not when the run ends but when the process does: other reporters and the teardown may still print.
    process.once('exit', (code) => this.#print(code))
  }

  onTestRunStart(): void {
    this.#passed = 0
    this.#failed = 0
    this.#skipped = []
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    // What was thrown outside of every test.
    this.#failed += errors.length
    for (const module of modules) this.#count(module)
    if (process.env.CI === 'true' && this.#skipped.length > 0) process.exitCode = 1
  }

  #count(module: TestModule): void {
    // A file that does not load, a suite whose beforeAll throws: neither is a test case, both are failures.
    if (module.errors().length > 0) this.#failed++
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) this.#failed++
    for (const test of module.children.allTests()) this.#countTest(test, module)
  }

  #countTest(test: TestCase, module: TestModule): void {
    const result = test.result()
    if (result.state === 'passed') this.#passed++
    else if (result.state === 'failed') this.#failed++
    else {
      const reason = (result.state === 'skipped' && result.note) || 'no reason given'
      this.#skipped.push({ title: `${module.relativeModuleId} > ${test.fullName}`, reason })
    }
  }

  #print(code: number): void {
    const isSkipFatal = process.env.CI === 'true' && this.#skipped.length > 0
    // The run broke off for a reason that is no test's: its global setup, a signal, no file of that name.
    if (code !== 0 && this.#failed === 0 && !isSkipFatal) this.#failed++
    const lines = this.#skipped.map(({ title, reason }) => `skipped: ${title} (${reason})`)
    if (isSkipFatal) lines.push('In CI nothing may be skipped: the run fails.')
    lines.push(`${this.#passed} passed, ${this.#failed} failed, ${this.#skipped.length} skipped`)
    process.stdout.write(`${lines.join('\n')}\n`)
  }
}
