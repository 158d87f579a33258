import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// What was compiled once is not compiled again: a third of a start's processor time. Where the folder cannot be written
// nothing is kept. In the environment too, for the processes that this one starts; and before anything else is loaded.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../../node_modules/.cache/headcount', import.meta.url),
)
enableCompileCache(process.env.NODE_COMPILE_CACHE)

const { runHeadcount } = await import('./headcount.ts')
process.exitCode = await runHeadcount(process.argv.slice(2))
