/** Hands the keyboard to a cell. False: it is not drawn. */
export function focusCell(body: HTMLElement | null, row: number, column: string | undefined): boolean {
  const cell = body?.querySelector<HTMLElement>(
    `[data-row="${row}"][data-column="${column}"] :is(input, textarea, button)`,
  )
  cell?.focus()
  return !!cell
}
