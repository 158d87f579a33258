import { type Enforcer, faults } from '../enforcer.ts'
import { listFiles } from '../tree.ts'

// A folder that says nothing of what is in it collects everything.
const folders = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'shared', 'misc', 'lib'])
const words = new Set([
  'manager',
  'helper',
  'helpers',
  'util',
  'utils',
  'processor',
  'impl',
  'enhanced',
  'v2',
])

/** No folder or file is named as a drawer. */
export const names: Enforcer = {
  name: 'names',
  guards: 'no folder or file is named as a drawer (utils, shared, …-helper)',
  run: async (root) => faults([...new Set(listFiles(root).flatMap(badNames))]),
}

function badNames(path: string): string[] {
  const segments = path.split('/')
  const file = segments.pop() ?? ''
  const folder = segments.findIndex((segment) => folders.has(segment))
  const word = file
    .split('.', 1)[0]
    ?.split('-')
    .find((part) => words.has(part))
  return [
    ...(folder === -1
      ? []
      : [`${segments.slice(0, folder + 1).join('/')}/: name the folder after what it holds`]),
    ...(word === undefined ? [] : [`${path}: '${word}' says nothing; name the file after what it does`]),
  ]
}
