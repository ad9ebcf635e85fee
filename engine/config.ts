import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'

/** What the environment says, checked and frozen. Works with nothing set. */
export interface Config {
  port: number
  portalPort: number
  host: string
  /** Absolute. The embedded store lives here. */
  dataDir: string
  /** A replica set or cluster; null: the embedded store. */
  mongodbUri: string | null
  /** null: mail goes to a local sink shown at /dev/mail (outside production). */
  smtpUrl: string | null
  mailFrom: string
  baseUrl: string
  portalBaseUrl: string
  /** Express `trust proxy`; false: the socket's address counts. */
  trustProxy: boolean | number | string
  /** 32 bytes or more; a known one outside production. */
  secretKey: string
  packs: string[]
  /** Where the packs' folders are. Absolute. */
  packsDir: string
  production: boolean
  /** On an installation without accounts: who gets the first one. */
  firstAdminEmail: string | null
  allowHttp: boolean
  /** Lets a monitoring system on another machine read /metrics; null: this machine only. */
  metricsToken: string | null
  /** Where the head of the audit's chain is appended daily, outside the database. Absolute. */
  auditAnchorFile: string
  /** Addresses it is mailed to, too. */
  auditAnchorMail: string[]
  /** A time-stamping authority (RFC 3161) that stamps it; null: none. */
  auditTsaUrl: string | null
  /** May plugins ask other servers? Outside production nothing leaves this machine unless it is said. */
  outgoingHttp: boolean
  /** Seconds another server has for its answer. */
  outgoingHttpTimeout: number
  tenant: string
  timeZone: string
  logLevel: string
}

const url = { type: 'string', pattern: '^https?://', maxLength: 300 }
const portSchema = { type: 'integer', minimum: 0, maximum: 65535 }
const environmentSchema = {
  type: 'object',
  properties: {
    PORT: portSchema,
    PORTAL_PORT: portSchema,
    HOST: { type: 'string', minLength: 1 },
    DATA_DIR: { type: 'string', minLength: 1 },
    MONGODB_URI: { type: 'string', pattern: '^mongodb(\\+srv)?://' },
    SMTP_URL: { type: 'string', pattern: '^smtps?://' },
    MAIL_FROM: { type: 'string', minLength: 3 },
    BASE_URL: url,
    PORTAL_BASE_URL: url,
    TRUST_PROXY: { type: 'string' },
    SECRET_KEY: { type: 'string', minLength: 32 },
    PACKS: { type: 'string', pattern: '^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$' },
    PACKS_DIR: { type: 'string', minLength: 1 },
    NODE_ENV: { type: 'string' },
    FIRST_ADMIN_EMAIL: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+$', maxLength: 254 },
    METRICS_TOKEN: { type: 'string', minLength: 16 },
    AUDIT_ANCHOR_FILE: { type: 'string', minLength: 1 },
    AUDIT_ANCHOR_MAIL: { type: 'string', pattern: '^[^@,\\s]+@[^@,\\s]+(,[^@,\\s]+@[^@,\\s]+)*$' },
    AUDIT_TSA_URL: url,
    OUTGOING_HTTP: { enum: ['0', '1'] },
    OUTGOING_HTTP_TIMEOUT: { type: 'integer', minimum: 1, maximum: 60 },
    ALLOW_HTTP: { enum: ['0', '1'] },
    LOG_LEVEL: { enum: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] },
  },
}

export class ConfigError extends Error {}

/** Reads the environment. Throws ConfigError with one line per wrong variable. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const wanted = Object.fromEntries(
    Object.keys(environmentSchema.properties)
      .filter((name) => name in given)
      .map((name) => [name, given[name] as unknown]),
  )
  const ajv = new Ajv({ allErrors: true, coerceTypes: true, strict: false })
  if (!ajv.validate(environmentSchema, wanted)) {
    const lines = (ajv.errors ?? []).map((error) => `  ${error.instancePath.slice(1)}: ${error.message ?? 'not valid'}`)
    throw new ConfigError(`The environment is not valid:\n${lines.join('\n')}`)
  }
  const text = (name: string): string | undefined => wanted[name] as string | undefined
  const production = text('NODE_ENV') === 'production'
  if (production && !text('SECRET_KEY'))
    throw new ConfigError('SECRET_KEY is required in production (32 characters or more)')
  const host = text('HOST') ?? '127.0.0.1'
  const port = (wanted.PORT as number | undefined) ?? 3000
  const portalPort = (wanted.PORTAL_PORT as number | undefined) ?? (port === 0 ? 0 : port + 1)
  const shown = host === '0.0.0.0' || host === '127.0.0.1' ? 'localhost' : host
  return Object.freeze({
    port,
    portalPort,
    host,
    dataDir: resolve(text('DATA_DIR') ?? 'data'),
    mongodbUri: text('MONGODB_URI') ?? null,
    smtpUrl: text('SMTP_URL') ?? null,
    mailFrom: text('MAIL_FROM') ?? 'Cauce <no-responder@localhost>',
    baseUrl: text('BASE_URL') ?? `http://${shown}:${port}`,
    portalBaseUrl: text('PORTAL_BASE_URL') ?? `http://${shown}:${portalPort}`,
    trustProxy: trustProxy(text('TRUST_PROXY')),
    secretKey: text('SECRET_KEY') ?? 'not a secret: for trying Cauce out only',
    packs: (text('PACKS') ?? 'fm').split(','),
    packsDir: resolve(text('PACKS_DIR') ?? 'definitions'),
    production,
    firstAdminEmail: text('FIRST_ADMIN_EMAIL') ?? null,
    allowHttp: text('ALLOW_HTTP') === '1',
    metricsToken: text('METRICS_TOKEN') ?? null,
    auditAnchorFile: resolve(text('AUDIT_ANCHOR_FILE') ?? join(text('DATA_DIR') ?? 'data', 'anchors', 'audit.jsonl')),
    auditAnchorMail: text('AUDIT_ANCHOR_MAIL')?.split(',') ?? [],
    auditTsaUrl: text('AUDIT_TSA_URL') ?? null,
    outgoingHttp: text('OUTGOING_HTTP') === undefined ? production : text('OUTGOING_HTTP') === '1',
    outgoingHttpTimeout: (wanted.OUTGOING_HTTP_TIMEOUT as number | undefined) ?? 10,
    tenant: 'main',
    timeZone: 'America/Lima',
    logLevel: text('LOG_LEVEL') ?? 'info',
  })
}

function trustProxy(value: string | undefined): boolean | number | string {
  if (value === undefined || value === '0' || value === 'false') return false
  if (/^\d+$/.test(value)) return Number(value)
  return value
}
