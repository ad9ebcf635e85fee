const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
        experimental: { keepImportAttributes: true },
      },
      module: { type: 'es6' },
    },
  ],
}

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform,
  testMatch: ['<rootDir>/{forms,definitions,plugins,engine,ui,tests}/**/*.test.{ts,tsx}'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.long\\.test\\.'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  globalSetup: '<rootDir>/tests/setup/globalSetup.mjs',
  globalTeardown: '<rootDir>/tests/setup/globalTeardown.mjs',
  moduleNameMapper: { '^min-dash$': '<rootDir>/.cache/jest-cjs/min-dash.cjs' },
  testTimeout: 60000,
  // agenda keeps a timer alive after each job it ran, although it was stopped: the run would wait for it.
  forceExit: true,
  maxWorkers: 2,
  // Each file leaves its modules behind in its worker; with gigabytes of them a third of all time goes into collecting
  // garbage. A worker that holds more than this after a file is replaced by a new one.
  workerIdleMemoryLimit: '700MB',
}
