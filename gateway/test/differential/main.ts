// A long run: node gateway/test/differential/main.ts --cases 1000000 --seed 7
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openApolloEngine } from './apollo-engine.ts'
import { runCampaign } from './campaign.ts'
import { openEngine } from './engine-under-test.ts'
import { fixtureOf, saveFixture } from './fixtures.ts'
import { describeFound, progressLine } from './report.ts'
import type { OpenEngine } from './run-case.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
    engine: { type: 'string', default: 'headcount' },
    runs: { type: 'string', default: '12' },
    'go-on': { type: 'boolean', default: false },
    'save-none': { type: 'boolean', default: false },
    trace: { type: 'string' },
  },
})

const engines: Readonly<Record<string, OpenEngine>> = {
  headcount: openEngine,
  'headcount-apollo-planner': (sdl, executes) => openEngine(sdl, executes, 'apollo'),
  'headcount-hive-planner': (sdl, executes) => openEngine(sdl, executes, 'hive'),
  apollo: openApolloEngine,
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new Error(`--${name} takes a whole number, not "${text}".`)
}

const chosenEngine = engines[values.engine]
if (!chosenEngine) {
  throw new Error(`--engine takes one of ${Object.keys(engines).join(', ')}, not "${values.engine}".`)
}
const cases = wholeNumber('cases', values.cases)
const seed = wholeNumber('seed', values.seed)
const startedAt = performance.now()
const seconds = () => (performance.now() - startedAt) / 1000
print(`seed ${seed}`)
let printedAt = 0
const tally = await runCampaign({
  seed,
  cases,
  openEngine: chosenEngine,
  runs: wholeNumber('runs', values.runs),
  goesOn: values['go-on'],
  onProgress(soFar) {
    if (seconds() - printedAt < 5) return
    printedAt = seconds()
    print(progressLine(soFar, printedAt))
  },
  onCase(composed, it) {
    if (values.trace === undefined) return
    writeFileSync(
      values.trace,
      JSON.stringify(fixtureOf('it was running when the process ended', composed, it)),
    )
  },
  async onFound(found) {
    print(describeFound(found))
    if (!values['save-none']) print(`kept as ${await saveFixture(found)}`)
  },
})
print(`seed ${seed}: ${progressLine(tally, seconds())}`)
if (tally.broken.size > 0) process.exitCode = 1
