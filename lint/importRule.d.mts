export const rooms: string[]
export function readDoors(root: string): Record<string, string>
export function checkImport(input: {
  root: string
  doors: Record<string, string>
  file: string
  specifier: string
  isTypeOnly: boolean
}): string | null
