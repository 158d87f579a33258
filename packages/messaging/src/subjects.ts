const TOKEN = /^[^\s.*>]+$/

/** Whether a text can be published as a subject: non-empty tokens between dots, no wildcard, no blank. */
export function isSubject(text: string): boolean {
  return text.length <= 512 && text.split('.').every((token) => TOKEN.test(token))
}

/**
 * Whether a subject matches a pattern by the rules of NATS: `*` stands for one token, `>` at the end for one
 * or more. https://docs.nats.io/nats-concepts/subjects#wildcards
 */
export function matchesSubject(pattern: string, subject: string): boolean {
  return intersectPatterns(pattern, subject) === subject
}

/** The pattern of all subjects that match both patterns, or undefined where none does. */
export function intersectPatterns(one: string, other: string): string | undefined {
  const left = one.split('.')
  const right = other.split('.')
  const both: string[] = []
  for (let index = 0; ; index++) {
    const [a, b] = [left[index], right[index]]
    if (a === undefined && b === undefined) return both.join('.')
    if (a === undefined || b === undefined) return undefined
    if (a === '>') return [...both, ...right.slice(index)].join('.')
    if (b === '>') return [...both, ...left.slice(index)].join('.')
    if (a !== b && a !== '*' && b !== '*') return undefined
    both.push(a === '*' ? b : a)
  }
}
