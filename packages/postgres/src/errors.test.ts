import { expect, test } from 'vitest'
import { explainFailure, explainFileError } from './errors.ts'

test.each([
  {
    output:
      '2026-11-22 10:00:00.000 UTC [7] FATAL:  could not write to file "pg_wal/xlogtemp.7": No space left on device',
    code: 'DISK_FULL',
    says: 'the disk is full: free some space and start again',
  },
  {
    output:
      'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nFATAL:  could not create any TCP/IP sockets',
    code: 'PORT_TAKEN',
    says: 'its port was taken by another program',
  },
  {
    output: 'initdb: error: could not access directory: Permission denied',
    code: 'FOREIGN_DIRECTORY',
    says: 'belongs to another user or cannot be written',
  },
  {
    output: "postgres: /lib/libc.so.6: version `GLIBC_2.28' not found (required by postgres)",
    code: 'UNSUPPORTED_PLATFORM',
    says: 'DATABASE_URL_*',
  },
  { output: 'FATAL:  something new', code: 'START_FAILED', says: 'FATAL:  something new' },
  { output: '', code: 'START_FAILED', says: 'it said nothing' },
])('what the server said becomes one line with the code $code', ({ output, code, says }) => {
  const error = explainFailure('start', '/data', output)
  expect(error.code).toBe(code)
  expect(error.message).toContain(says)
  expect(error.message).not.toMatch(/\n|\d\d:\d\d:\d\d/)
})

test('file errors are told apart by what helps, and others pass', () => {
  const failed = (code: string) => Object.assign(new Error(code), { code })
  expect(explainFileError(failed('EACCES'), '/data')).toMatchObject({ code: 'FOREIGN_DIRECTORY' })
  expect(explainFileError(failed('ENOSPC'), '/data')).toMatchObject({ code: 'DISK_FULL' })
  const other = failed('EISDIR')
  expect(explainFileError(other, '/data')).toBe(other)
})
