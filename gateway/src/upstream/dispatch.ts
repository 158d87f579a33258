import type { SubgraphAnswer, SubgraphRequest } from '../options.ts'

/** One fetch to a subgraph. Every part of its life is a function of this shape around another one. */
export type Dispatch = (request: SubgraphRequest) => Promise<SubgraphAnswer>
