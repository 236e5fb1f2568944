import { availableParallelism } from 'node:os'

const swc = (type) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript' },
      experimental: { keepImportAttributes: true },
    },
    module: { type },
    sourceMaps: 'inline',
  },
]

// Node 20's CommonJS loader inside jest cannot `require` these ESM-only packages of Fastify's.
const esmOnly = '(cookie|content-disposition)'

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': swc('es6'),
    [`/node_modules/${esmOnly}/.+\\.js$`]: swc('commonjs'),
  },
  transformIgnorePatterns: [`/node_modules/(?!${esmOnly}/)`],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/.data/'],
}

export default {
  testTimeout: 60_000,
  // What a file has loaded stays with its worker; collecting ever more of it takes longer than a new one.
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
