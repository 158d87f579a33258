import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { superviseService } from './child-process.ts'

test('a service whose process cannot begin is told of and tried again, until it is stopped', async () => {
  const lines: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
  const { execPath } = process
  process.execPath = '/there/is/no/such/program'
  try {
    const child = superviseService({ name: 'auth', environment: {}, log })
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(1), { timeout: 5_000 })
    expect(child.pid()).toBe(undefined)
    await child.stop()
    expect(lines[0]).toContain('ENOENT')
    expect(lines[0]).toContain('starting it again')
  } finally {
    process.execPath = execPath
  }
})
