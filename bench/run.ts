/** Runs every bench of this folder in a process of its own, one after the other: `npm run bench [-- name …] `. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

const wanted = process.argv.slice(2)
const benches = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .filter((file) => wanted.length === 0 || wanted.includes(file.replace('.ts', '')))

for (const file of benches) {
  const load = loadavg()[0]?.toFixed(1) ?? '?'
  console.log(`\n${file} — ${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}, load ${load}`)
  const child = spawn(process.execPath, ['--import', 'tsx', `${import.meta.dirname}/${file}`], { stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) process.exitCode = 1
}
