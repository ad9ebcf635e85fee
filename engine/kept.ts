/** What rooms keep per process, as contexts hand it on. */
export interface Keeper {
  services: Map<symbol, unknown>
}

/** A slot in `ctx.services` that is filled when it is first asked for. */
export function kept<T>(name: string, make: () => T): (keeper: Keeper) => T {
  const key = Symbol.for(`cauce:${name}`)
  return ({ services }) => {
    if (!services.has(key)) services.set(key, make())
    return services.get(key) as T
  }
}
