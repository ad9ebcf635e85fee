import type { FormSchema, Json, JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { decrypt, encrypt, type Sealing } from '../encryption.ts'

/** Fields of a tab of Configuración that are kept encrypted and never shown (`x-secret`): keys of other services. */

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

/** How a secret stands in the store: what else is there was typed by nobody. */
interface Sealed extends JsonObject {
  encrypted: string
}
const isSealed = (value: Json | undefined): value is Sealed =>
  typeof value === 'object' && value !== null && 'encrypted' in value
const sealingOf = (place: string): Sealing => ({ purpose: 'settings', owner: place })

/** A tab as it is stored: its secrets encrypted, each for its own place. */
export function sealSecrets(ctx: Ctx, schema: FormSchema, tab: string, data: JsonObject): JsonObject {
  return withSecrets(schema, tab, data, (value, place) =>
    typeof value === 'string' ? { encrypted: encrypt(ctx, sealingOf(place), value) } : value,
  )
}

/**
 * A stored tab as it is used. A secret that was encrypted with another SECRET_KEY counts as not given: somebody types it
 * again.
 */
export function openSecrets(ctx: Ctx, schema: FormSchema, tab: string, data: JsonObject): JsonObject {
  return withSecrets(schema, tab, data, (value, place) => {
    if (!isSealed(value)) return value
    try {
      return decrypt(ctx, sealingOf(place), value.encrypted)
    } catch {
      ctx.log.error({ setting: place }, 'a setting was encrypted with another SECRET_KEY and must be typed again')
      return null
    }
  })
}

function withSecrets(
  schema: FormSchema,
  tab: string,
  data: JsonObject,
  change: (value: Json, place: string) => Json,
): JsonObject {
  const secrets = secretsOf(schema).filter((name) => name in data)
  return { ...data, ...Object.fromEntries(secrets.map((name) => [name, change(data[name]!, `${tab}.${name}`)])) }
}
