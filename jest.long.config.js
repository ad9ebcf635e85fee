import base from './jest.config.js'

/** The long runs (crash, random models, fuzz, conformance). Their counts come from CAUCE_ROUNDS. */
export default {
  ...base,
  testMatch: ['<rootDir>/{forms,definitions,plugins,engine,ui,tests}/**/*.long.test.{ts,tsx}'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 3_600_000,
}
