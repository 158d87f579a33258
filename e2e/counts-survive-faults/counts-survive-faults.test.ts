import { serversOrSkip, titled } from '@headcount/servers/testing'
import { describe, expect, test } from 'vitest'
import { canSeeProcesses } from '../setup/processes.ts'
import { reportText } from './report-text.ts'
import { runUnderFaults } from './run-under-faults.ts'

/** Its first faults hit everything that a scan passes. */
const SEED = 985
const HIT = ['gates', 'gateway', 'nats', 'participants', 'postgres', 'valkey']
const FAULTS_MS = 60_000
const LASTS_MS = 420_000

const missing = (await serversOrSkip()) ?? (canSeeProcesses ? undefined : 'processes are found by /proc')

describe.skipIf(missing !== undefined)(titled('counts survive faults', missing), () => {
  test(
    'for 60 s every part is killed or stopped again and again while people scan: no answer is lost, doubled or untrue',
    async () => {
      const say = (line: string) => void process.stdout.write(`${line}\n`)
      const report = await runUnderFaults({ seed: SEED, durationMs: FAULTS_MS, say })
      const text = reportText(report, { seed: SEED, minutes: FAULTS_MS / 60_000 })
      process.stdout.write(text)
      expect(report.findings.flatMap(({ rule, broken }) => broken.map((line) => `${rule}: ${line}`))).toEqual(
        [],
      )
      // So that it is known to have been looked at under faults, and with people about.
      expect(report.findings).toHaveLength(17)
      expect(report.faults.map(({ machine }) => machine)).toEqual(expect.arrayContaining(HIT))
      expect(report.journal.online.length).toBeGreaterThan(1000)
      expect(report.journal.uploads.length).toBeGreaterThan(100)
    },
    LASTS_MS,
  )
})
