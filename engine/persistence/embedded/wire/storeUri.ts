/** What a connection string of the store says. */
export interface StoreAddress {
  /** For `net.connect`. */
  target: { path: string } | { host: string; port: number }
  credentials: { user: string; secret: string } | undefined
}

/** Reads a connection string the store has made itself, from `store.json` or its output. */
export function readStoreUri(uri: string): StoreAddress {
  const [, user, secret, encoded] = /^mongodb:\/\/(?:([^:@/]*):([^@/]*)@)?([^/]*)\//.exec(uri) ?? []
  const host = decodeURIComponent(encoded ?? '')
  return {
    target: host.startsWith('/') ? { path: host } : { host: '127.0.0.1', port: Number(host.split(':')[1]) },
    credentials: user !== undefined && secret !== undefined ? { user, secret } : undefined,
  }
}
