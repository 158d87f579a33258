export { type Connection, connection, type Edge, type PageInfo } from './connection.ts'
export { decodeCursor, encodeCursor, type KeyKind, type KeyOf, type KeyValue, type List } from './cursor.ts'
export { type KeysetCondition, keysetCondition } from './keyset-condition.ts'
export { type Page, type PageBounds, pageArguments } from './page-arguments.ts'
