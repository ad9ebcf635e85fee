/**
 * A module's fields as its section of the specification lists them: one row per field, with the requirement ids that
 * each property of the field proves. The same table is walked through the API (tests/http/walkFields.ts) and on screen
 * (tests/browser/walkControls.ts).
 */
export interface FieldRow {
  /** Its name; a column of a sub-list as `representantes.nombre`. */
  field: string
  /** The label on the form. */
  title: string
  /** The section it stands in. */
  section: string
  /** How a message names it, where that is not the whole title. */
  named?: string

  /** The form has it, with its title, in its section. */
  has?: Ids
  /** Something else proposes it: who leaves it empty empties it on purpose, and that is what is sent (null). */
  proposed?: true
  /** Saving without it is refused, in the page and by the server, and the message names the field. */
  mandatory?: Ids
  /** Saving without it works. */
  optional?: Ids
  /** So many characters are taken, one more is not. */
  longest?: [Ids, number]
  /** Each is saved as it was sent, or as said. */
  takes?: [Ids, ...Taken[]]
  /** Each is refused with a finding at the field, in the page before saving, and by the server. */
  refuses?: [Ids, ...unknown[]]
  /** Exactly these choices; another value is refused. */
  offers?: [Ids, string[]]
  /** A catalogue with so many rows, these among them; another key is refused. */
  catalog?: [Ids, { name: string; rows: number; among: string[] }]
  /** Only what belongs to the field above: of the changes the first is saved, the second refused. */
  within?: [Ids, { fits: Changes; strays: Changes }]
  /** A new form proposes it, and so does the server where it is not sent. */
  preset?: [Ids, unknown]
  /** What other records have is suggested whatever its case and accents: saved as said, found by what is typed. */
  suggests?: [Ids, { saved: string; typed: string }]
  /**
   * The system gives it (as matches the pattern), the page shows it without an input, and what is sent (MIO-1 where
   * nothing else is said) counts for nothing, ever.
   */
  given?: [Ids, RegExp, string?]

  /** On screen: a list that opens, one in which typing narrows what it offers, a box to tick. */
  dropdown?: Ids
  /** On screen: a value, and nothing to type it into. */
  shown?: Ids
  searchable?: [Ids, { type: string; finds: string }]
  checkbox?: Ids
  /** On screen: it offers only what belongs to what was chosen in the list of that title. */
  narrowed?: [Ids, { by: string; chosen: string; offers: string; hides: string }]
}

/** Requirement ids with blanks between. */
export type Ids = string
export type Changes = Record<string, unknown>
/** A value that is stored as it is sent, or `{ send, stored }`. */
export type Taken = string | number | boolean | { send: unknown; stored: unknown } | unknown[]

/** `FM-1 FM-2` as the tags a test name begins with. */
export const tags = (ids: Ids): string =>
  ids
    .split(' ')
    .map((id) => `[${id}]`)
    .join(' ')

/** The record with the value at the field; in a sub-list, in its first row. Undefined takes the field away. */
export function withField(data: Changes, field: string, value: unknown): Changes {
  const [name = '', column] = field.split('.')
  if (column === undefined) return without({ ...data, [name]: value })
  const [first = {}, ...rest] = (data[name] ?? []) as Changes[]
  return { ...data, [name]: [without({ ...first, [column]: value }), ...rest] }
}

/** The value at the field; of a sub-list, that of the first row. */
export function fieldIn(data: Changes, field: string): unknown {
  const [name = '', column] = field.split('.')
  return column === undefined ? data[name] : (data[name] as Changes[] | undefined)?.[0]?.[column]
}

/** Where findings about the field point. */
export const pathOf = (field: string): string => field.replace('.', '.0.')

const without = (data: Changes): Changes =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
