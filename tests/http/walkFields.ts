import { expect, it } from '@jest/globals'
import { foldText, type FormSchema, type JsonObject } from '#forms'
import {
  fieldIn,
  pathOf,
  tags,
  withField,
  type Changes,
  type FieldRow,
  type Ids,
  type Taken,
} from '../modules/FieldRow.ts'
import { FormInHand } from './FormInHand.ts'
import type { Answer, Visitor } from './Visitor.ts'

/** Where the records of a module come from. */
export interface WalkedModule {
  /** Who may create them; asked when a test runs. */
  visitor: () => Visitor
  entity: string
  /** A record that may be saved, each time another. */
  data: () => Changes
}

/**
 * Writes the tests of a table of fields: each property of each row is one test with its requirement ids, through the
 * form that the server gives this person (its schema, its validator, checkForm as the page runs it) and through the
 * API. To be called within a `describe`.
 */
export function walkFields(module: WalkedModule, rows: readonly FieldRow[]): void {
  for (const row of rows) walkField(module, row)
}

function walkField(module: WalkedModule, row: FieldRow): void {
  const { field, title, section } = row
  const form = (): Promise<FormInHand> => FormInHand.open(module.visitor(), module.entity)
  const base = (): Changes => module.data()
  const save = (data: Changes): Promise<Answer> => saveRecord(module, data)
  const stored = async (data: Changes): Promise<unknown> => fieldIn(await storedRecord(module, data), field)

  /** The page finds fault before anything is sent, and so does the server when it is sent all the same. */
  const expectRefused = async (data: Changes, word = ''): Promise<void> => {
    const path = pathOf(field)
    const inPage = (await form()).check(data as JsonObject).filter((issue) => issue.path === path)
    expect({ data, inPage: inPage.map(({ level }) => level) }).toEqual({ data, inPage: expect.arrayContaining(['error']) }) // prettier-ignore
    expect(foldText(inPage.map(({ message }) => message).join(' '))).toContain(foldText(word))
    await expectRefusedByServer(data, word)
  }
  const expectRefusedByServer = async (data: Changes, word = ''): Promise<void> => {
    const { status, body } = await save(data)
    const issues = ((body.issues ?? []) as { path: string; message: string }[]).filter(({ path }) => path === pathOf(field)) // prettier-ignore
    expect({ data, status, found: issues.length > 0 }).toEqual({ data, status: 422, found: true })
    expect(foldText(issues.map(({ message }) => message).join(' '))).toContain(foldText(word))
  }

  if (row.has)
    it(`${tags(row.has)} the form has "${title}" in "${section}"`, async () => {
      const opened = await form()
      const schema = schemaOf(opened, field)
      expect({ title: schema.title, widget: schema['x-widget'] === 'none' }).toEqual({ title, widget: false })
      expect(opened.fieldsOf(section)).toContain(field.split('.')[0])
      expect(opened.settle(base() as JsonObject).visible[pathOf(field)]).not.toBe(false)
    })
  if (row.mandatory)
    it(`${tags(row.mandatory)} without "${title}" saving is refused and the message names it`, async () => {
      const isFreeText = !row.offers && !row.catalog
      for (const nothing of [row.proposed ? null : undefined, ...(isFreeText ? ['   '] : [])])
        await expectRefused(withField(base(), field, nothing), row.named ?? title)
    })
  if (row.optional)
    it(`${tags(row.optional)} without "${title}" saving works`, async () => {
      expect(await stored(withField(base(), field, undefined))).toBeUndefined()
    })
  if (row.longest) {
    const [ids, length] = row.longest
    it(`${tags(ids)} "${title}" takes ${length} characters and not one more`, async () => {
      expect(await stored(withField(base(), field, 'ñ'.repeat(length)))).toBe('ñ'.repeat(length))
      await expectRefused(withField(base(), field, 'ñ'.repeat(length + 1)))
    })
  }
  if (row.takes) {
    const [ids, ...values] = row.takes
    it(`${tags(ids)} "${title}" keeps ${shown(values)}`, async () => {
      for (const value of values) {
        const { send, kept } = sentAndKept(value)
        expect(await stored(withField(base(), field, send))).toEqual(kept)
      }
    })
  }
  if (row.refuses) {
    const [ids, ...values] = row.refuses
    it(`${tags(ids)} "${title}" refuses ${shown(values)}`, async () => {
      for (const value of values) await expectRefused(withField(base(), field, value))
    })
  }
  if (row.offers) {
    const [ids, options] = row.offers
    it(`${tags(ids)} "${title}" offers exactly ${options.join(', ')}, and takes each`, async () => {
      const schema = schemaOf(await form(), field)
      const offered = schema['x-catalog']
        ? await catalogRows(module, schema)
        : (schema.oneOf?.map(({ const: key, title: shown }) => ({ key, title: shown ?? key })) ??
          schema.enum?.map((key) => ({ key, title: key })) ??
          [])
      expect(offered.map((option) => option.title)).toEqual(options)
      for (const { key } of offered) {
        // Another field may ask for more then: at this one nothing is wrong.
        const { status, body } = await save(withField(base(), field, key))
        const here = ((body.issues ?? []) as { path: string }[]).filter(({ path }) => path === pathOf(field))
        expect({ key, known: status === 201 || status === 422, here }).toEqual({ key, known: true, here: [] })
      }
      await expectRefusedByServer(withField(base(), field, 'Otro'))
    })
  }
  if (row.catalog) {
    const [ids, catalog] = row.catalog
    it(`${tags(ids)} "${title}" offers ${catalog.name}, all ${catalog.rows}`, async () => {
      const schema = schemaOf(await form(), field)
      const offered = await catalogRows(module, schema.items ?? schema)
      expect(offered).toHaveLength(catalog.rows)
      expect(offered.map((option) => option.title)).toEqual(expect.arrayContaining(catalog.among))
      const wrong = await save(withField(base(), field, schema.items ? ['99x'] : '99x'))
      expect(wrong.status).toBe(422)
      expect(JSON.stringify(wrong.body.issues)).toContain(`"${pathOf(field)}`)
    })
  }
  if (row.within) {
    const [ids, { fits, strays }] = row.within
    it(`${tags(ids)} "${title}" takes only what belongs to the field above`, async () => {
      expect((await save({ ...base(), ...fits })).status).toBe(201)
      const { status, body } = await save({ ...base(), ...strays })
      expect({ status, issues: body.issues }).toMatchObject({ status: 422, issues: [{ rule: 'catalog-parent' }] })
      expect(body.issues[0].path.startsWith(pathOf(field))).toBe(true)
    })
  }
  if (row.preset) {
    const [ids, value] = row.preset
    it(`${tags(ids)} "${title}" is ${JSON.stringify(value)} on a new form, and where nothing is sent`, async () => {
      expect((await form()).settle({}).value[field]).toEqual(value)
      expect(await stored(withField(base(), field, undefined))).toEqual(value)
    })
  }
  if (row.given) {
    const [ids, pattern, sent = 'MIO-1'] = row.given
    it(`${tags(ids)} the system gives "${title}", and nobody types it`, async () => {
      expect((await form()).settle({}).editable[field]).not.toBe(true)
      expect(await stored(base())).toEqual(expect.stringMatching(pattern))
      expect(await stored(withField(base(), field, sent))).toEqual(expect.stringMatching(pattern))
      const saved = await storedRecord(module, base())
      const path = `/api/records/${module.entity}/${saved.id}`
      const { revision } = (await module.visitor().get(path)).body
      const headers = { 'if-match': String(revision) }
      await module.visitor().patch(path, { data: { [field]: sent }, warned: true }, { headers })
      const now = { headers: { 'if-match': String((await module.visitor().get(path)).body.revision) } }
      const correction = { data: { [field]: sent }, reason: 'Prueba', unlock: true, warned: true }
      await module.visitor().post(`${path}/correct`, correction, now)
      expect((await module.visitor().get(path)).body.data[field]).toBe(saved[field])
    })
  }
  if (row.suggests) {
    const [ids, { saved, typed }] = row.suggests
    it(`${tags(ids)} "${title}" suggests what others have: «${typed}» finds ${saved}`, async () => {
      const suggested = async (): Promise<string[]> => {
        const path = `/api/suggestions/${module.entity}/${field}?q=${encodeURIComponent(typed)}`
        return (await module.visitor().get(path)).body.items.map(({ value }: { value: string }) => value)
      }
      expect(await suggested()).not.toContain(saved)
      expect(await stored(withField(base(), field, saved))).toBe(saved)
      expect(await suggested()).toContain(saved)
    })
  }
}

/**
 * Writes the test that nothing is saved while a mandatory field is missing, each by itself; and that a form with none of
 * them is told of all at once.
 */
export function walkMandatory(module: WalkedModule, ids: Ids, rows: readonly FieldRow[]): void {
  it(`${tags(ids)} nothing is saved while a mandatory field is missing, whichever it is`, async () => {
    const mandatory = rows.filter((row) => row.mandatory)
    const count = async (): Promise<number> =>
      (await module.visitor().get(`/api/records/${module.entity}?size=1`)).body.total as number
    const before = await count()
    for (const { field, proposed } of mandatory) {
      const { status } = await saveRecord(module, withField(module.data(), field, proposed ? null : undefined))
      expect({ field, status }).toEqual({ field, status: 422 })
    }
    const { body } = await saveRecord(module, {})
    const told = (body.issues as { path: string }[]).map(({ path }) => path)
    const whole = mandatory.filter(({ field, proposed }) => !field.includes('.') && !proposed)
    expect(told).toEqual(expect.arrayContaining(whole.map(({ field }) => field)))
    expect(await count()).toBe(before)
  })
}

/** Saves a record the way its form does, warnings confirmed: by itself, or by the process that makes its records. */
export async function saveRecord({ visitor, entity }: WalkedModule, data: Changes): Promise<Answer> {
  const { startProcess } = (await visitor().get(`/api/entities/${entity}`)).body
  if (!startProcess) return visitor().post(`/api/records/${entity}`, { data, warned: true })
  return visitor().post(`/api/processes/${startProcess.key}/instances`, { data, warned: true })
}

/** Saves it, and answers what is stored. */
export async function storedRecord(module: WalkedModule, data: Changes): Promise<Changes & { id: string }> {
  const { status, body } = await saveRecord(module, data)
  expect({ status, issues: body.issues }).toEqual({ status: 201, issues: undefined })
  const id = (body.instance?.record.id ?? body.id) as string
  return { ...(await module.visitor().get(`/api/records/${module.entity}/${id}`)).body.data, id }
}

function schemaOf(form: FormInHand, field: string): FormSchema {
  const [name = '', column] = field.split('.')
  const property = form.view.schema.properties?.[name]
  const found = column === undefined ? property : property?.items?.properties?.[column]
  expect({ field, found: found !== undefined }).toEqual({ field, found: true })
  return found!
}

async function catalogRows({ visitor }: WalkedModule, schema: FormSchema): Promise<{ key: string; title: string }[]> {
  const annotation = schema['x-catalog'] as string | { catalog: string }
  const name = typeof annotation === 'string' ? annotation : annotation.catalog
  return (await visitor().get(`/api/catalogs/${name}`)).body.rows as { key: string; title: string }[]
}

const shown = (values: unknown[]): string =>
  values
    .map((value) => JSON.stringify(value))
    .join(' ')
    .slice(0, 120)

function sentAndKept(value: Taken): { send: unknown; kept: unknown } {
  if (typeof value !== 'object' || Array.isArray(value)) return { send: value, kept: value }
  return { send: value.send, kept: value.stored }
}
