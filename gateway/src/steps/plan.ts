import type { OperationRun, Step } from '../exchange.ts'
import { need } from './need.ts'

/** Finds the operation's program, as this viewer may run it; made once, then at hand. */
export const plan: Step<OperationRun> = (run) => {
  const { programs } = need(run.generation)
  const operation = need(run.operation)
  const { viewer } = run
  const held = need(run.held)
  const lacks = operation.access.lacks(viewer, held)
  const variables = need(run.variables)
  const isDeferWanted = run.takesParts
  const program = programs.find({ operation, lacks, viewer, held, variables, isDeferWanted })
  if (!(program instanceof Promise)) {
    run.program = program
    return
  }
  return program.then((made) => {
    run.program = made
  })
}
