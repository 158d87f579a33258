import type { Contract } from '@headcount/registry-api'
import { BodyShape } from '../http/body-shape.ts'
import { namePattern, nameTakes } from '../names.ts'

const tagPattern = /^[A-Za-z0-9_/-]{1,128}$/
const tagTakes = 'takes a tag: letters, digits, -, _ and /, at most 128'
const tagLimit = 50

/** Reads the body of `PUT /contracts/<name>`; the name may stand in it too, if it is the same. @throws RegistryProblem */
export function readContract(name: string | undefined, body: unknown): Contract {
  const shape = new BodyShape()
  const fields = shape.object(body, '')
  shape.only(fields, '', ['name', 'include', 'exclude', 'hidesUnreachable'])
  shape.text(name, "the contract's name", { max: 200, pattern: namePattern, takes: nameTakes })
  if (fields['name'] !== undefined && fields['name'] !== name) {
    shape.wrong('name', `differs from the path, which says ${JSON.stringify(name)}`)
  }
  const tags = (key: string) =>
    shape
      .list(fields[key], key, tagLimit)
      .flatMap(
        (tag, at) =>
          shape.text(tag, `${key}[${at}]`, { max: 200, pattern: tagPattern, takes: tagTakes }) ?? [],
      )
  const include = tags('include')
  const exclude = tags('exclude')
  const { hidesUnreachable = true } = fields
  if (typeof hidesUnreachable !== 'boolean') shape.wrong('hidesUnreachable', 'takes true or false')
  if (include.length + exclude.length === 0)
    shape.wrong('include and exclude', 'are empty; name at least one tag')
  shape.check()
  return {
    name: name ?? '',
    include: [...new Set(include)].sort(),
    exclude: [...new Set(exclude)].sort(),
    hidesUnreachable: hidesUnreachable === true,
  }
}
