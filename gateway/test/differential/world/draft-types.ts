import {
  addKey,
  type Draft,
  type DraftKey,
  type DraftType,
  draftField,
  draftType,
  named,
  own,
  randomShape,
  scalars,
} from './draft.ts'
import { inputText, inputTypeNames, randomArguments } from './draft-arguments.ts'
import type { KeyValue } from './world.ts'

/** Enums and input objects, the same in every subgraph. */
export function addInputs(draft: Draft): void {
  const { random, enums, inputs } = draft
  for (let index = 0; index < random.between(1, 2); index++) {
    const all = ['RED', 'GREEN', 'BLUE', 'GREY'].map((value) => `${value}${index}`)
    const hidden = random.chance(0.4) ? all.slice(3) : []
    enums.push({ name: `Enum${index}`, values: all.filter((value) => !hidden.includes(value)), hidden })
  }
  for (let index = 0; index < random.between(1, 2); index++) {
    const fields = ['a', 'b', 'c', 'd'].slice(random.int(3)).map((name) => {
      const shape = randomShape(random.pick(inputTypeNames(draft)), random, 0.25)
      return `${name}: ${inputText(draft, shape)}`
    })
    inputs.push({ name: `Input${index}`, text: fields.join('\n  ') })
  }
}

/** Types without a key: every subgraph that has one has all of it. */
export function addValues(draft: Draft): void {
  const { random, types, enums } = draft
  const count = random.between(2, 3)
  for (let index = 0; index < count; index++) {
    const isHidden = index === count - 1 && random.chance(0.4)
    const type = draftType(`Value${index}`, 'value', isHidden)
    const choices = [...scalars, ...enums.map(({ name }) => name)]
    for (const lower of types.values()) if (!lower.isHidden) choices.push(lower.name)
    for (let place = 0; place < random.between(2, 4); place++) {
      const shape = randomShape(random.pick(choices), random)
      type.fields.push(draftField(`v${index}${'abcd'[place]}`, shape, { args: randomArguments(draft, 0.15) }))
    }
    types.set(type.name, type)
  }
}

function simpleKey(parts: readonly { name: string; type: string; value: KeyValue }[]): DraftKey {
  const fields = parts.map(({ name, type, value }) =>
    draftField(name, named(type), { key: value, isSafe: true }),
  )
  return {
    text: parts.map(({ name }) => name).join(' '),
    fields,
    paths: parts.map(({ name }) => [name]),
  }
}

function idKey(): DraftKey {
  return simpleKey([{ name: 'id', type: 'ID', value: { kind: 'id' } }])
}

/** A key through a value that has nothing but a code. */
function tagKey(draft: Draft, entity: string): DraftKey {
  const tag = draftType(`${entity}Tag`, 'value')
  tag.fields.push(draftField('code', named('String'), { key: { kind: 'text' }, isSafe: true }))
  draft.types.set(tag.name, tag)
  const value: KeyValue = { kind: 'object', type: tag.name }
  const field = draftField('tag', named(tag.name), { key: value, isSafe: true })
  return { text: 'tag { code }', fields: [field], paths: [['tag', 'code']] }
}

/** A key through another entity of the same number. */
function peerKey(peer: DraftType): DraftKey {
  const value: KeyValue = { kind: 'object', type: peer.name }
  const field = draftField('peer', named(peer.name), { key: value, isSafe: true })
  return { text: 'peer { id }', fields: [field], paths: [['peer', 'id']] }
}

function secondKey(draft: Draft, name: string): DraftKey {
  const { random, types } = draft
  const peers = [...types.values()].filter((type) => type.keys[0]?.text === 'id' && !type.banned.size)
  const kind = random.pick(['sku', 'composite', 'tag', 'peer'])
  if (kind === 'tag') return tagKey(draft, name)
  const peer = peers[0]
  if (kind === 'peer' && peer) return peerKey(peer)
  if (kind === 'composite') {
    return simpleKey([
      { name: 'region', type: 'String', value: { kind: 'region' } },
      { name: 'serial', type: 'Int', value: { kind: 'number' } },
    ])
  }
  return simpleKey([{ name: 'sku', type: 'String', value: { kind: 'text' } }])
}

/** Puts an entity into subgraphs: the first has all its keys, the others some. */
function spread(draft: Draft, type: DraftType, subgraphs: readonly string[]): void {
  const { random } = draft
  for (const [index, subgraph] of subgraphs.entries()) {
    const presence = { keys: new Set<DraftKey>(), isResolvable: true }
    type.presence.set(subgraph, presence)
    const keys = index === 0 ? type.keys : random.some(type.keys, random.between(1, type.keys.length))
    for (const key of keys) addKey(draft, presence, { key, subgraph })
  }
}

/** Entities; the first two may be known somewhere by their interface alone. */
export function addEntities(draft: Draft): void {
  const { random, subgraphs, types, abstracts } = draft
  const objectIn = random.chance(0.45) ? random.pick(subgraphs) : undefined
  const implementers: DraftType[] = []
  const home = random.pick(subgraphs.filter((subgraph) => subgraph !== objectIn))
  const count = random.between(2, 4)
  for (let index = 0; index < count; index++) {
    const isImplementer = objectIn !== undefined && index < 2
    const type = draftType(`Entity${index}`, 'entity')
    if (isImplementer || random.chance(0.6)) type.keys.push(idKey())
    if (type.keys.length === 0 || (!isImplementer && random.chance(0.35))) {
      type.keys.push(secondKey(draft, type.name))
    }
    for (const key of type.keys) type.fields.push(...key.fields)
    types.set(type.name, type)
    if (isImplementer) {
      type.banned.add(objectIn)
      implementers.push(type)
      const others = subgraphs.filter((subgraph) => subgraph !== objectIn && subgraph !== home)
      spread(draft, type, [home, ...random.some(others, random.int(others.length + 1))])
    } else {
      spread(draft, type, random.some(subgraphs, random.between(Math.min(2, subgraphs.length), 3)))
    }
  }
  if (objectIn === undefined) return
  const common = [
    draftField('common0', randomShape('String', random)),
    draftField('common1', named('Int', false)),
  ]
  for (const type of implementers) {
    for (const { name, shape } of common) {
      const field = draftField(name, shape, { isInInterface: true })
      own(draft, field, home)
      type.fields.push(field)
    }
  }
  abstracts.set('Node', {
    name: 'Node',
    kind: 'interface',
    members: implementers,
    declared: new Map([[home, ['id', 'common0', 'common1']]]),
    fields: [draftField('id', named('ID')), ...common],
    entity: { home, objectIn, extra: [] },
  })
}
