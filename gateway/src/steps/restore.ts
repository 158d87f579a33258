import { restoreCut } from '../access/restore.ts'
import type { OperationRun, Step } from '../exchange.ts'
import { need } from './need.ts'

/** Gives the answer the shape that was asked for, where the operation was cut. */
export const restore: Step<OperationRun> = async (run) => {
  const { cutTypenameKey: typenameKey } = need(run.variant)
  const data = run.outcome?.data
  if (typenameKey === undefined || !data) return
  const { schema, rules } = need(run.generation)
  const { document } = need(run.operation)
  const variables = run.parameters.variables ?? {}
  const { viewer } = run
  const restored = await restoreCut({ schema, rules, viewer, document, variables, typenameKey, data })
  const errors = [...(run.outcome?.errors ?? []), ...(restored.errors ?? [])]
  run.outcome = { data: restored.data, errors }
}
