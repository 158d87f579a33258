import type { AccessMap, Requirement } from '@headcount/access'
import { type DocumentNode, Kind } from 'graphql'
import { isImplied } from './implies.ts'

/** What interfaces ask for by themselves. */
export interface InterfaceRequirements {
  /** What an interface itself asks for. */
  ofType(name: string): readonly Requirement[]
  /** What the interfaces of an object ask for, for one of its fields. */
  ofField(object: string, field: string): readonly Requirement[]
}

interface Lineage {
  readonly interfaces: ReadonlyMap<string, readonly string[]>
  readonly objects: ReadonlyMap<string, readonly string[]>
}

/** Who implements what, in the whole supergraph: what is `@inaccessible` has its requirements composed in as well. */
function readLineage(document: DocumentNode): Lineage {
  const interfaces = new Map<string, string[]>()
  const objects = new Map<string, string[]>()
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION)
      continue
    const object = definition.name.value
    for (const { name } of definition.interfaces ?? []) {
      interfaces.set(object, [...(interfaces.get(object) ?? []), name.value])
      objects.set(name.value, [...(objects.get(name.value) ?? []), object])
    }
  }
  return { interfaces, objects }
}

/**
 * Composition gives an interface all that its objects ask for, so that a gateway which cannot tell the objects apart
 * refuses rather too much. This one can, so that part is passed over. What an interface asks for beyond it was written
 * on the interface itself, as compositions before 2.12 allowed: it holds for each of its objects, whichever type the
 * selection names. Else a fragment on the object would be a way around it
 * (https://github.com/advisories/GHSA-mx7m-j9xf-62hw). One that some object has as well looks like a composed one, and
 * is taken for it: a supergraph of such an old composition should be composed anew.
 */
export function interfaceRequirements(document: DocumentNode, map: AccessMap): InterfaceRequirements {
  const { interfaces, objects } = readLineage(document)
  const known = new Map<string, readonly Requirement[]>()
  const own = (name: string, suffix: string): readonly Requirement[] => {
    const wanted = map.get(`${name}${suffix}`)
    if (!wanted) return []
    const before = known.get(`${name}${suffix}`)
    if (before) return before
    const composed = (objects.get(name) ?? []).flatMap((object) => map.get(`${object}${suffix}`) ?? [])
    const found = isImplied(wanted, composed) ? [] : [wanted]
    known.set(`${name}${suffix}`, found)
    return found
  }
  return {
    ofType: (name) => own(name, ''),
    ofField: (object, field) =>
      (interfaces.get(object) ?? []).flatMap((name) => [...own(name, ''), ...own(name, `.${field}`)]),
  }
}
