const units: Record<string, number> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }

/** `"10MB"` → 10 × 1024² bytes (FM-D-047: multiples of 1024). A number is bytes already. Throws on anything else. */
export function parseFileSize(size: string | number): number {
  if (typeof size === 'number') return size
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)$/i.exec(size.trim())
  const unit = match?.[2] ? units[match[2].toUpperCase()] : undefined
  if (!match?.[1] || unit === undefined) throw new Error(`"${size}" is not a file size like "10MB"`)
  return Math.floor(Number(match[1]) * unit)
}

/** Bytes as a person reads them: `10 MB`, `1.5 MB`, `300 KB`. */
export function formatFileSize(bytes: number): string {
  const unit = ['GB', 'MB', 'KB'].find((name) => bytes >= (units[name] ?? Infinity)) ?? 'B'
  const amount = bytes / (units[unit] ?? 1)
  return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${unit}`
}
