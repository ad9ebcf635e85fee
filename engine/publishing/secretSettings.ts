import type { FormSchema, JsonObject } from '#forms'

/** Fields of a tab of Configuración that are kept and never shown (`x-secret`): keys of other services. */

const secretsOf = (schema: FormSchema): string[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, property]) => (property['x-secret'] === true ? [name] : []))

/** What leaves the server: without the secrets. */
export function withoutSecrets(schema: FormSchema, data: JsonObject): JsonObject {
  const secrets = secretsOf(schema)
  return Object.fromEntries(Object.entries(data).filter(([name]) => !secrets.includes(name)))
}

/** What was sent, with the secrets that were left empty as they are kept: nobody can send back what he was not shown. */
export function keepSecrets(schema: FormSchema, sent: JsonObject, before: JsonObject): JsonObject {
  const kept = secretsOf(schema).filter((name) => sent[name] === undefined || sent[name] === null || sent[name] === '')
  return { ...sent, ...Object.fromEntries(kept.flatMap((name) => (name in before ? [[name, before[name]!]] : []))) }
}

/** For the audit: that it changed, not what it is. */
export const hideSecret = <T>(schema: FormSchema, field: string, value: T): T | string =>
  secretsOf(schema).includes(field) && value !== null && value !== undefined ? '•••' : value
