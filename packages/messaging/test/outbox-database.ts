import { readFile } from 'node:fs/promises'
import { type Database, openDatabase } from '@headcount/database'
import { createTestDatabase } from '@headcount/database/testing'

/** A database with the outbox tables alone. */
export async function outboxDatabase(): Promise<{ database: Database; url: string; drop(): Promise<void> }> {
  const { url, drop } = await createTestDatabase()
  const database = openDatabase({ url })
  await database.query(await readFile(new URL('../outbox.sql', import.meta.url), 'utf8'))
  return {
    database,
    url,
    async drop() {
      await database.close()
      await drop()
    },
  }
}
