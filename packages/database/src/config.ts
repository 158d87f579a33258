/** What the tools of this package read from the environment. The library itself reads nothing. */
export interface ToolConfig {
  /** `DATABASE_URL`: a server for the CLI to work on. Default: a throw-away one. */
  databaseUrl: string | undefined
  /** `HEADCOUNT_TEST_POSTGRES`: the server of a test run. Set by vitest's global setup unless it is set already. */
  testPostgres: string | undefined
}

/** Reads the environment as it is now. An empty variable counts as unset. */
export function readToolConfig(): ToolConfig {
  return {
    databaseUrl: process.env.DATABASE_URL || undefined,
    testPostgres: process.env.HEADCOUNT_TEST_POSTGRES || undefined,
  }
}
