import { type Enforcer, faults } from '../enforcer.ts'
import { lineAt, listFiles, read } from '../tree.ts'

// Put together from parts, so that this file passes its own rule.
const rules = [
  {
    pattern: new RegExp(`\\b(${'TO'}DO|${'FIX'}ME|${'X'}XX)\\b(?![^\\n]*#\\d+)`, 'g'),
    says: 'name the issue: #12',
  },
  { pattern: new RegExp(`\\b${'for'} now\\b`, 'gi'), says: 'a feature is there and real, or absent' },
  {
    pattern: new RegExp(`\\bin a ${'real'} (implementation|system|app)\\b`, 'gi'),
    says: 'this is the real one',
  },
]

/** No promise for later in the code. */
export const phrases: Enforcer = {
  name: 'phrases',
  guards: 'no promise for later in the code, unless it names an issue',
  run: async (root) => faults(code(root).flatMap((path) => promises(path, read(root, path)))),
}

function code(root: string): string[] {
  return listFiles(root).filter((path) => /\.(tsx?|mjs|graphql|sql|prisma|css)$/.test(path))
}

function promises(path: string, text: string): string[] {
  return rules.flatMap(({ pattern, says }) =>
    [...text.matchAll(pattern)].map(
      (match) => `${path}:${lineAt(text, match.index)}: '${match[0]}': ${says}`,
    ),
  )
}
