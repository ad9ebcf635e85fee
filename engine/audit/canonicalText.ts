/**
 * One text for one value, whatever order its keys came back in: what digests are made of. Moments are ISO 8601, bytes
 * base64, absent keys and null alike are left out of objects (a store may keep either).
 */
export function canonicalText(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return `{"$date":${JSON.stringify(value.toISOString())}}`
  if (value instanceof Uint8Array) return `{"$bytes":"${Buffer.from(value).toString('base64')}"}`
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (typeof value === 'object') {
    const bytes = bytesOf(value)
    if (bytes) return canonicalText(bytes)
    const pairs = Object.entries(value)
      .filter(([, item]) => item !== null && item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`)
    return `{${pairs.join(',')}}`
  }
  if (typeof value === 'bigint') return value.toString()
  return JSON.stringify(value)
}

/** The bytes of a BSON Binary, which drivers hand out instead of a Buffer. */
export function bytesOf(value: object): Uint8Array | null {
  const { _bsontype, buffer, position } = value as { _bsontype?: string; buffer?: unknown; position?: number }
  return _bsontype === 'Binary' && buffer instanceof Uint8Array ? buffer.subarray(0, position) : null
}
