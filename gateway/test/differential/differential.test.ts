import { describe, expect, test } from 'vitest'
import { runCampaign } from './campaign.ts'
import { openEngine } from './engine-under-test.ts'
import { listFixtures, readFixture, saveFixture } from './fixtures.ts'
import { describeFound, progressLine } from './report.ts'
import { openWorld } from './run-case.ts'

// Fixed, so that a change is held to the cases that the one before it passed.
const seed = Number(process.env['HEADCOUNT_DIFFERENTIAL_SEED'] ?? 1)
const cases = 10_000
const fixtures = await listFixtures()

describe('the engine answers as one GraphQL server over the merged schema and the same data would', () => {
  test(`in ${cases} random cases (seed ${seed})`, { timeout: 300_000 }, async () => {
    const reports: string[] = []
    const startedAt = performance.now()
    const tally = await runCampaign({
      seed,
      cases,
      openEngine,
      async onFound(found) {
        reports.push(describeFound(found), `kept as ${await saveFixture(found)}`)
      },
    })
    process.stdout.write(`seed ${seed}: ${progressLine(tally, (performance.now() - startedAt) / 1000)}\n`)
    expect(reports.join('\n')).toBe('')
    expect(tally.cases).toBe(cases)
    // Were nearly all cases with errors, or none, one half of the rules would prove nothing.
    expect(tally.withErrors / cases).toBeGreaterThan(0.05)
    expect(tally.withoutErrors / cases).toBeGreaterThan(0.5)
    expect(tally.worlds / tally.waste.drafts).toBeGreaterThan(0.5)
  })

  test.each(fixtures)('in the case that was found once: %s', async (name) => {
    const fixture = await readFixture(name)
    const world = await openWorld(fixture.composed, openEngine)
    try {
      const outcome = await world.run(fixture.case)
      expect(outcome.expected.data, 'the case is valid').not.toBe(undefined)
      expect(outcome.difference && describeFound({ ...fixture, outcome })).toBe(undefined)
    } finally {
      await world.close()
    }
  })
})
