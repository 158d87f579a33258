import { abstractPairs } from './abstract-pairs.ts'
import { argumentPairs } from './argument-pairs.ts'
import { directivePairs } from './directive-pairs.ts'
import { enumPairs } from './enum-pairs.ts'
import { fieldPairs } from './field-pairs.ts'
import { inputPairs } from './input-pairs.ts'
import { rootPairs } from './root-pairs.ts'
import { typePairs } from './type-pairs.ts'

/** All pairs. */
export const pairs = [
  ...fieldPairs,
  ...argumentPairs,
  ...inputPairs,
  ...enumPairs,
  ...typePairs,
  ...abstractPairs,
  ...directivePairs,
  ...rootPairs,
]
