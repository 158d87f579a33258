// Writes the documents that come from the code; with --check it fails when one is stale, and writes nothing.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documents } from './documents.ts'

const folder = fileURLToPath(new URL('../../docs/', import.meta.url))
const isCheck = process.argv.includes('--check')

for (const [path, render] of Object.entries(documents)) {
  const file = `${folder}${path}`
  const text = render()
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  if (isCheck) {
    process.stderr.write(`docs/${path} is stale: run \`pnpm documents\`.\n`)
    process.exitCode = 1
  } else {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    process.stdout.write(`wrote docs/${path}\n`)
  }
}
