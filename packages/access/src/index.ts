export {
  type AccessDirective,
  type DirectiveNames,
  directiveNames,
  type Link,
  linksOf,
} from './directive-names.ts'
export { enforceAccess } from './enforce.ts'
export { documentIdOf, leanFetchHeader, leanFetchValue } from './fetch-headers.ts'
export { refusal } from './refusal.ts'
export {
  type AccessMap,
  type Alternatives,
  type Requirement,
  readAccess,
  satisfies,
} from './requirements.ts'
export { hasScope, type Role, roles, scopesOf } from './scopes.ts'
export { readSignedViewer, signViewer, viewerHeader } from './signature.ts'
export { serviceViewer, type Viewer } from './viewer.ts'
