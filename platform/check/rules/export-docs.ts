import { posix } from 'node:path'
import { type Enforcer, faults } from '../enforcer.ts'
import { lineAt, listFiles, read } from '../tree.ts'

/** Every export of a package has a TSDoc comment where it is declared. */
export const exportDocs: Enforcer = {
  name: 'export-docs',
  guards: 'every export of packages/ has a TSDoc comment at its declaration',
  run: async (root) => {
    const manifests = listFiles(root).filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
    return faults(
      manifests.flatMap((manifest) => doorsOf(root, manifest)).flatMap((door) => undocumented(root, door)),
    )
  },
}

/** The files that a package's `exports` name. */
function doorsOf(root: string, manifest: string): string[] {
  const { exports } = JSON.parse(read(root, manifest)) as { exports?: string | Record<string, string> }
  const targets = typeof exports === 'string' ? [exports] : Object.values(exports ?? {})
  return targets
    .filter((target) => target.endsWith('.ts'))
    .map((target) => posix.join(posix.dirname(manifest), target))
}

function undocumented(root: string, door: string): string[] {
  const text = read(root, door)
  return [
    ...declaredIn(text).flatMap((name) => faultOf(door, text, name)),
    ...reexported(text).flatMap(({ name, from }) =>
      undocumentedIn(root, posix.join(posix.dirname(door), from), name),
    ),
  ]
}

/** Follows a re-export to the file that declares the name. */
function undocumentedIn(root: string, file: string, name: string): string[] {
  const text = read(root, file)
  const further = reexported(text).find((one) => one.name === name)
  if (further) return undocumentedIn(root, posix.join(posix.dirname(file), further.from), further.original)
  return faultOf(file, text, name)
}

/** `export { a, type B, c as d } from './x.ts'` */
function reexported(text: string): { name: string; original: string; from: string }[] {
  return [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '(\.[^']*)'/gm)].flatMap(
    ([, list = '', from = '']) =>
      list
        .split(',')
        .map((item) => item.trim().replace(/^type /, ''))
        .filter(Boolean)
        .map((item) => {
          const [original = '', name = original] = item.split(' as ')
          return { name, original, from }
        }),
  )
}

function declaredIn(text: string): string[] {
  const declared = [...text.matchAll(declaration('\\w+'))].map(([, name = '']) => name)
  return [...new Set(declared)]
}

function faultOf(file: string, text: string, name: string): string[] {
  const [first] = text.matchAll(declaration(name, false))
  if (!first) return [`${file}: exports ${name}, whose declaration was not found here`]
  if (endsInTsDoc(text.slice(0, first.index))) return []
  return [`${file}:${lineAt(text, first.index)}: ${name} has no TSDoc comment`]
}

function endsInTsDoc(before: string): boolean {
  const text = before.trimEnd()
  return text.endsWith('*/') && /^\/\*\*\s+\S/.test(text.slice(text.lastIndexOf('/*')))
}

function declaration(name: string, exported = true): RegExp {
  const kinds = '(?:async )?function\\*?|const|let|(?:abstract )?class|interface|type|enum'
  return new RegExp(`^${exported ? 'export ' : '(?:export )?'}(?:declare )?(?:${kinds}) (${name})\\b`, 'gm')
}
