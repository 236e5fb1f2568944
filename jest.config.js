import { availableParallelism } from 'node:os'

const common = {
  testRunner: '<rootDir>/test/runner/run-file.ts',
  // tsx compiles what Node.js loads.
  transform: {},
  // Only for jest's own look at who imports what (`--onlyChanged`).
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.data/'],
}

export default {
  testTimeout: 60_000,
  // With a limit, files run in workers even where there is but one; none comes near it.
  workerIdleMemoryLimit: '1GB',
  // Most of the time is waiting for servers, so that two cores have time for three files at once.
  maxWorkers: Math.min(4, availableParallelism() + 1),
  projects: [
    {
      ...common,
      displayName: 'rules',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.server\\.test\\.ts$'],
    },
    {
      ...common,
      displayName: 'servers',
      testMatch: ['<rootDir>/test/**/*.server.test.ts'],
      globalSetup: '<rootDir>/test/setup/servers.ts',
      globalTeardown: '<rootDir>/test/setup/stop-servers.ts',
    },
  ],
}
