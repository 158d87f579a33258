import { type Draft, type DraftArgument, randomShape, scalars, shapeText } from './draft.ts'
import type { Shape } from './world.ts'

/** A literal and its value, of a scalar or an enum. */
function sampleOf(draft: Draft, name: string): { literal: string; value: unknown } | undefined {
  const { random, enums } = draft
  const values = enums.find((model) => model.name === name)?.values
  if (values) {
    const value = random.pick(values)
    return { literal: value, value }
  }
  switch (name) {
    case 'Int':
    case 'Float': {
      const value = random.int(9) - 2
      return { literal: String(value), value }
    }
    case 'Boolean': {
      const value = random.chance(0.5)
      return { literal: String(value), value }
    }
    case 'String':
    case 'ID': {
      const value = random.pick(['', 'a', 'b c', '"quoted" \\ é', '𝄞'])
      return { literal: JSON.stringify(value), value }
    }
    default:
      return undefined
  }
}

function defaultText(draft: Draft, shape: Shape): string | undefined {
  if (!shape.isNonNull && draft.random.chance(0.1)) return 'null'
  if (shape.kind === 'named') return sampleOf(draft, shape.name)?.literal
  const items = [defaultText(draft, shape.of), defaultText(draft, shape.of)].slice(draft.random.int(3))
  return items.includes(undefined) ? undefined : `[${items.join(', ')}]`
}

/** Type and default of an argument or an input field. */
export function inputText(draft: Draft, shape: Shape): string {
  const text = draft.random.chance(0.35) ? defaultText(draft, shape) : undefined
  return text === undefined ? shapeText(shape) : `${shapeText(shape)} = ${text}`
}

export function inputTypeNames({ enums, inputs }: Draft): string[] {
  return [...scalars, ...enums.map(({ name }) => name), ...inputs.map(({ name }) => name)]
}

/** Arguments of a field: most have none. */
export function randomArguments(draft: Draft, probability = 0.3): DraftArgument[] {
  const { random } = draft
  if (!random.chance(probability)) return []
  const names = random.some(['first', 'by', 'where'], random.between(1, 3))
  return names.map((name) => {
    const type = random.pick(inputTypeNames(draft))
    const shape = randomShape(type, random, 0.25)
    return {
      name,
      text: inputText(draft, shape),
      sample: shape.kind === 'named' ? sampleOf(draft, type) : undefined,
    }
  })
}
