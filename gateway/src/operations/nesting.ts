/**
 * How deep brackets of any kind lie within one another in JSON or GraphQL text, those in strings and comments not
 * counted. One pass, no recursion, stops above `limit`: it stands in front of parsers that do recurse.
 */
export function isNestedDeeper(text: string, limit: number, language: 'json' | 'graphql'): boolean {
  // Hot path: what is shorter than that many pairs of brackets can't be nested so deep.
  if (text.length <= limit) return false
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (character === 0x22) at = endOfString(text, at)
    else if (character === 0x23 && language === 'graphql') at = endOfLine(text, at)
    else if (character === 0x7b || character === 0x5b || character === 0x28) {
      depth += 1
      if (depth > limit) return true
    } else if (character === 0x7d || character === 0x5d || character === 0x29) depth -= 1
  }
  return false
}

function endOfLine(text: string, start: number): number {
  let at = start
  while (at < text.length && text.charCodeAt(at) !== 0x0a && text.charCodeAt(at) !== 0x0d) at += 1
  return at
}

function endOfString(text: string, start: number): number {
  if (text.startsWith('"""', start)) {
    let end = text.indexOf('"""', start + 3)
    while (end !== -1 && text[end - 1] === '\\') end = text.indexOf('"""', end + 3)
    return end === -1 ? text.length : end + 2
  }
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charCodeAt(at)
    if (character === 0x5c) at += 1
    else if (character === 0x22) return at
  }
  return text.length
}
