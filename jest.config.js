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
}
