import { readToolConfig } from '../src/config.ts'
import { startThrowAwayCluster } from './throw-away-cluster.ts'

/** Starts one throw-away cluster for a test run and removes it at the end. One that is set already is used as it is. */
export async function setup(): Promise<() => Promise<void>> {
  if (readToolConfig().testPostgres) return async () => {}
  const cluster = await startThrowAwayCluster()
  // biome-ignore lint/style/noProcessEnv: the environment is how the workers of the run learn of it
  process.env.HEADCOUNT_TEST_POSTGRES = cluster.url('postgres')
  return async () => cluster.remove()
}
