export { ConfigError, type ConfigField, type ConfigSpec, readConfig, type Settings } from './config.ts'
export { boolean, choice, integer, list, optional, secret, text, url } from './fields.ts'
