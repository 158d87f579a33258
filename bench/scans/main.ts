// Durable scans a second through the gateway, beside a transaction a scan. See ../README.md.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Ground, runBench } from '../processes/run-bench.ts'
import { loadNow, show } from '../report/result.ts'
import { compare } from './comparison.ts'
import { flush } from './flush.ts'
import { grow } from './growth.ts'
import type { Part } from './part.ts'
import { profilesOf, profileTables } from './profile-shares.ts'
import { readOptions } from './read-options.ts'
import { openStage, type Stage } from './sides.ts'
import { slowDiskMicros } from './slow-disk.ts'
import { sustain } from './sustained.ts'

const words = readOptions()
// A process of its own may run in another folder.
const options = { ...words, profile: words.profile === undefined ? undefined : resolve(words.profile) }
const { rows, isFlush, sustained, isSlow, isSeparate, profile } = options

/** What was asked for; each with platforms of its own, one after the other. */
function partsOf(stage: Stage): (() => Promise<Part>)[] {
  const asked = [
    ...(isFlush ? [() => flush(stage, options.rounds)] : []),
    ...(sustained === undefined ? [] : [() => sustain(stage, sustained)]),
    ...(rows.length > 0 ? [() => grow(stage, options)] : []),
  ]
  return asked.length > 0 ? asked : [() => compare(stage, options)]
}

function conditions(): string {
  const services = isSeparate
    ? 'Gateway and services each in a process of its own, behind NATS and Valkey'
    : 'Gateway and services in one process'
  const disk = isSlow
    ? `each fdatasync of Postgres takes ${slowDiskMicros / 1000} ms more than the disk of this machine`
    : 'the disk is that of this machine'
  return `${services}; ${disk}. Load, platform and Postgres share the machine; nothing is pinned.${profile === undefined ? '' : ' A CPU profile was taken of each Node process, from its start to its end, so that rates are lower.'}`
}

async function bench(ground: Ground): Promise<void> {
  const loadBefore = loadNow()
  if (profile !== undefined) mkdirSync(profile, { recursive: true })
  const before = new Set(profile === undefined ? [] : profilesOf(profile))
  const found: Part[] = []
  const stage = openStage(ground, options)
  for (const part of partsOf(stage)) {
    found.push(await part())
    await stage.end()
  }
  const variant = [
    ...[isFlush && 'flush', sustained !== undefined && 'sustained', rows.length > 0 && 'rows'],
    ...[isSlow && 'slow-disk', isSeparate && 'separate'],
  ].filter((word) => word !== false)
  const profiles = profile === undefined ? [] : profileTables(profile, before)
  show(
    {
      bench: 'scans',
      variant: variant.length > 0 ? variant.join('-') : undefined,
      words: process.argv.slice(2),
      loadBefore,
      text: [conditions(), ...found.map(({ text }) => text)].join('\n\n'),
      tables: [...found.flatMap(({ tables }) => tables), ...profiles],
      plots: found.flatMap(({ plots }) => plots ?? []),
    },
    options.isKept,
  )
}

await runBench(bench)
