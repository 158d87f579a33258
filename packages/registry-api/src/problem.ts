/** Why the registry did not do what it was asked, with its HTTP status. */
export const registryProblems = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  NOT_COMPOSED: 422,
  INTERNAL_ERROR: 500,
  UNAVAILABLE: 503,
} as const

/** Code of a problem. */
export type RegistryProblemCode = keyof typeof registryProblems

/** The body of every answer that is not 2xx or 304. */
export interface ProblemAnswer {
  readonly error: {
    readonly code: RegistryProblemCode
    /** What was wrong, and what would be right. */
    readonly message: string
  }
}
