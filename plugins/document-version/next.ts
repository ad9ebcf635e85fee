/**
 * The version after `version` (`v1.0`): `minor` raises the second number (v1.1), `major` the first (v2.0).
 * What is not a version counts as none, and the first version is v1.0. Never goes back. Source: decision FM-D-083.
 */
export function next(version: string, step: 'minor' | 'major'): string {
  const match = /^v([0-9]+)\.([0-9]+)$/.exec(version)
  if (!match) return 'v1.0'
  const [major, minor] = [Number(match[1]), Number(match[2])]
  return step === 'major' ? `v${major + 1}.0` : `v${major}.${minor + 1}`
}
