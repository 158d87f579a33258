import type { FetchVariables } from '../upstream/dispatch.ts'
import type { Batch } from './batch.ts'
import type { CompiledGroup } from './entities.ts'

type Values = Readonly<Record<string, unknown>>

/** The client's variables that one fetch uses, and its representations. */
export class RequestVariables implements FetchVariables {
  private readonly values: Values
  private readonly names: readonly string[]
  private readonly groups: readonly CompiledGroup[]
  private readonly batches: readonly Batch[]

  constructor(
    client: { readonly values: Values; readonly names: readonly string[] },
    groups: readonly CompiledGroup[],
    batches: readonly Batch[],
  ) {
    this.values = client.values
    this.names = client.names
    this.groups = groups
    this.batches = batches
  }

  text(): string {
    let text = ''
    for (const name of this.names) {
      const value = this.values[name]
      // A variable that was not given must not become null.
      if (value !== undefined) text += `${text === '' ? '' : ','}"${name}":${JSON.stringify(value)}`
    }
    for (let index = 0; index < this.groups.length; index += 1) {
      const group = this.groups[index]
      const batch = this.batches[index]
      if (!group || !batch) continue
      text += `${text === '' ? '' : ','}"${group.group.variable}":[${group.textOf(batch)}]`
    }
    return `{${text}}`
  }

  object(): Record<string, unknown> {
    const variables: Record<string, unknown> = {}
    for (const name of this.names) {
      if (this.values[name] !== undefined) variables[name] = this.values[name]
    }
    for (const [index, { group, objectOf }] of this.groups.entries()) {
      variables[group.variable] = this.batches[index]?.sources.map(objectOf) ?? []
    }
    return variables
  }
}
