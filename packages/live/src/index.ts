export { inProcessTopics } from './in-process-topics.ts'
export { type RedisTopicsOptions, redisTopics } from './redis-topics.ts'
export { type LiveListener, type LiveMessage, LiveUnavailable, type Topics } from './topics.ts'
