/** A GraphQL error as any transport brings it. */
export interface GraphError {
  readonly message: string
  readonly path?: readonly (string | number)[] | undefined
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** A GraphQL result as any transport brings it. */
export interface LiveResult<Data = unknown> {
  readonly data?: Data | null | undefined
  readonly errors?: readonly GraphError[] | undefined
  readonly extensions?: unknown
}

/** Whether a result says that something failed, and nothing else. */
export function isFailure({ data, errors }: LiveResult): boolean {
  if (!errors || errors.length === 0) return false
  return !data || Object.values(data).every((value) => value === null)
}
