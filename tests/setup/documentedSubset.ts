import { readFileSync } from 'node:fs'
import type { Place } from './operatorsOf.ts'

/** The table "What it understands" of the embedded store's README: names by place. */
export function documentedSubset(): Map<Place, Set<string>> {
  const readme = readFileSync('engine/persistence/embedded/README.md', 'utf8')
  const section = readme.split('## What it understands')[1]?.split('\n## ')[0] ?? ''
  return new Map(
    [...section.matchAll(/^\| ([A-Z][a-z ]+?) +\| (.+) \|$/gm)].map(([, place, names]) => [
      place as Place,
      new Set([...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)),
    ]),
  )
}
