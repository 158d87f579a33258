import type { Found, Tally } from './campaign.ts'
import type { ClientAnswer } from './engine-under-test.ts'
import { pathText } from './oracle.ts'

function pairs(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ') || 'none'
}

/** One line about how far a campaign is. */
export function progressLine(tally: Tally, seconds: number): string {
  const { cases, operations, unplanned, worlds, withErrors, waste, broken } = tally
  const rate = Math.round(cases / seconds)
  const { user, system } = process.cpuUsage()
  const rateOfCore = Math.round(cases / ((user + system) / 1e6))
  const wasted = waste.drafts - worlds
  return [
    `${cases} cases (${rate}/s, ${rateOfCore} a second of one core)`,
    `${operations} operations (${unplanned} not planned in time)`,
    `${worlds} worlds (${wasted} drafts refused: ${pairs(waste.refused)})`,
    `${withErrors} with errors`,
    `differences: ${pairs(broken)}`,
  ].join(' · ')
}

function indented(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined'
}

function errorText(errors: ClientAnswer['errors'] = []): string {
  return errors.map(({ message, path }) => `\n  ${pathText(path)}: ${message}`).join('')
}

/** All that one needs to see what is wrong. */
export function describeFound({ composed, case: it, outcome }: Found): string {
  const { expected, answer, difference } = outcome
  return [
    `${difference?.rule}: ${difference?.detail}`,
    '--- operation',
    it.query,
    `variables: ${indented(it.variables)}, data seed ${it.dataSeed}, ${it.hasFaults ? 'with' : 'without'} faults`,
    `expected data:   ${indented(expected.data)}`,
    `given data:      ${indented(answer.data)}`,
    `expected errors: ${errorText(expected.errors)}`,
    `given errors:    ${errorText(answer.errors)}`,
    ...composed.world.subgraphs.map(({ name, sdl }) => `--- ${name}\n${sdl}`),
  ].join('\n')
}
