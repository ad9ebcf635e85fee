import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readDatabase, readDump, type CollectionReader } from '../../persistence/readCollection.ts'
import { verifyAudit, type KnownHead } from './verifyAudit.ts'

const USAGE = `npm run audit:verify -- --from COPY [--database NAME] [--anchor FILE] [--head NUMBER:HASH]
  --from      a copy in mongodump's layout (npm run store:export makes one), or mongodb://…
  --data      the embedded store's data directory, running or not, instead of --from
  --anchor    the file the heads were told to (AUDIT_ANCHOR_FILE); may be given several times
  --head      a head out of a mail; may be given several times
Ends with 0 when everything holds, 1 when something does not, 2 when it could not be checked.`

/** Proves a copy of the audit and says what does not hold. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      data: { type: 'string' },
      database: { type: 'string' },
      anchor: { type: 'string', multiple: true, default: [] },
      head: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help || (!values.from && !values.data)) {
    console.log(USAGE)
    return values.help ? 0 : 2
  }
  const heads = [...(await Promise.all(values.anchor.map(readAnchors))).flat(), ...values.head.map(readHead)]
  const { copy, cleanUp } = await openCopy(values)
  try {
    const verdicts = await verifyAudit(copy, heads)
    if (verdicts.size === 0) throw new Error('the copy holds no audit')
    let isSound = true
    for (const [tenant, { rows, seals, unsealed, anchors, problems }] of verdicts) {
      console.log(`${tenant}: ${rows} rows, ${seals} seals, ${unsealed} not sealed yet, ${anchors} heads compared`)
      for (const { kind, text } of problems) console.log(`  ${kind}: ${text}`)
      if (problems.length > 0) isSound = false
      else console.log('  Nothing was changed, removed or inserted.')
    }
    if (heads.length === 0) console.log('No head from outside was given: a chain cut off at its end would pass.')
    return isSound ? 0 : 1
  } finally {
    await copy.close()
    await cleanUp()
  }
}

async function openCopy(values: {
  from?: string | undefined
  data?: string | undefined
  database?: string | undefined
}): Promise<{ copy: CollectionReader; cleanUp: () => Promise<void> }> {
  const nothing = (): Promise<void> => Promise.resolve()
  if (values.from?.startsWith('mongodb'))
    return { copy: await readDatabase(values.from, values.database), cleanUp: nothing }
  if (values.from) return { copy: readDump(values.from, values.database), cleanUp: nothing }
  // Loaded on demand: a machine that proves a copy needs no store.
  const { exportStore } = await import('../../persistence/embedded/tools/exportStore.ts')
  const folder = await mkdtemp(join(tmpdir(), 'cauce-audit-'))
  const cleanUp = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    await exportStore(join(values.data ?? 'data', 'store'), folder)
    return { copy: readDump(folder, values.database), cleanUp }
  } catch (error) {
    await cleanUp()
    throw error
  }
}

async function readAnchors(path: string): Promise<KnownHead[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => JSON.parse(line) as KnownHead)
}

function readHead(text: string): KnownHead {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text)
  if (!match?.[2]) throw new Error(`--head ${text}: write NUMBER:HASH`)
  return { number: Number(match[1]), hash: match[2] }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
