import { builtinModules } from 'node:module'
import jest from 'eslint-plugin-jest'
import tseslint from 'typescript-eslint'

/**
 * Who may import whom. `values`: may be imported; `types`: `import type` only;
 * `packages`: the only packages allowed (absent = any). A folder absent from a row is forbidden.
 */
const layers = {
  domain: { packages: [] },
  wording: { values: ['domain'], packages: [] },
  contract: {
    values: ['domain', 'wording/statements', 'wording/vocabulary'],
    packages: ['typebox'],
  },
  workflows: {
    values: ['domain'],
    types: ['activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  activities: {
    values: [
      'domain',
      'workflows/search-attributes',
      'workflows/case/start',
      'workflows/question/start',
      'workflows/messages',
      'workflows/webhook/start',
      'marketplaces/marketplace',
      'notifications/case-line',
      'notifications/mail-error',
      'notifications/question-mail',
      'notifications/render',
      'notifications/webhook-mail',
      'platform/answer-token',
      'platform/mail-settings-token',
      'platform/digest',
      'platform/grpc-status',
      'platform/public-days',
      'platform/in-parallel',
      'platform/process-runs',
      'platform/within-ms',
      'store/cases/audit',
      'store/questions/audit',
      'store/record/audit',
      'store/store',
    ],
    types: ['store', 'marketplaces', 'notifications', 'platform'],
  },
  marketplaces: { values: ['domain', 'platform/parse-json'], types: ['platform'] },
  evidence: { values: ['platform/digest', 'platform/public-internet'] },
  notifications: {
    values: ['domain', 'wording', 'platform/public-internet', 'platform/webhook-signature'],
    types: ['platform'],
  },
  store: {
    values: ['domain', 'wording/vocabulary', 'platform/digest', 'platform/within-ms'],
  },
  client: {
    values: ['domain', 'contract', 'platform/parse-json'],
    packages: ['typebox(/compile)?', 'node:.*'],
  },
  api: {
    values: [
      'domain',
      'contract',
      'wording',
      'workflows/search-attributes',
      'workflows/case/start',
      'workflows/question/start',
      'workflows/messages',
      'workflows/webhook/start',
      'platform/answer-token',
      'platform/mail-settings-token',
      'platform/api-key',
      'platform/csv-line',
      'platform/decode-text',
      'platform/digest',
      'platform/grpc-status',
      'platform/in-parallel',
      'platform/process-runs',
      'platform/public-days',
      'platform/public-internet',
      'platform/webhook-signature',
      'platform/within-ms',
      'store/cases/audit',
      'store/store',
      'notifications/account-mail',
      'evidence/unavailable',
      'notifications/html',
      'notifications/local-format',
      'notifications/offer-facts',
      'notifications/plain-text',
    ],
    types: ['workflows', 'store', 'evidence', 'platform', 'notifications'],
  },
  worker: {
    values: [
      'domain',
      'activities',
      'workflows/search-attributes',
      'workflows/messages',
      'platform',
    ],
    types: ['store', 'marketplaces', 'workflows'],
  },
  monitor: {
    values: [
      'client',
      'contract',
      'domain',
      'platform/decode-text',
      'platform/message-of',
      'platform/parse-json',
      'platform/terminal-(output|progress|table)',
    ],
  },
  portal: {
    values: [
      'client',
      'contract/limits',
      'contract/problems',
      'domain',
      'notifications/local-format',
      'notifications/offer-facts',
      'notifications/plain-text',
      'wording',
    ],
    types: ['contract'],
  },
  platform: { values: ['domain'] },
  cli: {
    values: [
      'client',
      'contract',
      'domain',
      'wording',
      'platform',
      'store',
      'workflows/search-attributes',
      'workflows/messages',
      'marketplaces/registry',
      'notifications/mail-transport',
      'notifications/offer-facts',
    ],
  },
}

const outer = ['local', 'sandbox', 'tools', 'test']
const targets = [...Object.keys(layers), ...outer]

const boundary = ([folder, { values = [], types = [], packages }]) => {
  const patterns = targets
    .filter((other) => other !== folder && !values.includes(other))
    .map((other) => {
      const allowed = values
        .filter((value) => value.startsWith(`${other}/`))
        .map((value) => value.slice(other.length + 1))
      return {
        regex: `^(\\.\\./)+${other}/` + (allowed.length ? `(?!(${allowed.join('|')})\\.js$)` : ''),
        allowTypeImports: types.includes(other),
        message: `${folder}/ may not use ${other}/ here; see the layer table in eslint.config.js`,
      }
    })
  if (packages) {
    patterns.push({
      regex: `^(?!\\.)(?!(${packages.join('|') || '(?!)'})$)`,
      message: `${folder}/: package not allowed`,
    })
  } else if (folder !== 'store') {
    patterns.push({
      regex: '^(mongoose|mongodb)(/|$)',
      message: 'Only store/ may know the database driver.',
    })
  }
  return {
    files: [`${folder}/**/*.{ts,tsx}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  }
}

export default tseslint.config(
  { ignores: ['dist/', '.cache/', '.data/', 'node_modules/', 'coverage/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        // The portal's own project is for browsers; how it is built is not.
        projectService: { allowDefaultProject: ['portal/vite.config.ts'] },
      },
    },
    rules: {
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
    },
  },
  {
    // What is known before a program runs is written in capitals; a `main.ts` works things out.
    files: ['**/*.ts'],
    ignores: ['test/**', '**/main.ts'],
    rules: {
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'variable',
          modifiers: ['const', 'global'],
          types: ['number', 'string', 'boolean', 'array'],
          format: ['UPPER_CASE'],
        },
      ],
    },
  },
  ...Object.entries(layers).map(boundary),
  {
    files: Object.keys(layers).map((folder) => `${folder}/**/*.{ts,tsx}`),
    ignores: ['platform/config.ts', '**/main.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read it in platform/config.ts.' },
      ],
    },
  },
  {
    files: ['workflows/**/*.ts', 'domain/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'Buffer',
          'fetch',
          'crypto',
          'Temporal',
          'performance',
          'setInterval',
          'WeakRef',
        ],
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Program > VariableDeclaration[kind="let"]',
          message: 'Module state leaks between workflows.',
        },
      ],
      'no-restricted-imports': [
        'error',
        { paths: [...builtinModules, ...builtinModules.map((m) => `node:${m}`)] },
      ],
    },
  },
  {
    files: ['domain/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: '`now` is an argument in domain/.' },
        { object: 'Math', property: 'random', message: 'domain/ is pure.' },
      ],
    },
  },
  {
    files: ['**/main.ts', 'api/openapi/contract.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: [
      'cli/**/*.ts',
      'local/**/*.ts',
      'monitor/**/*.ts',
      'sandbox/**/*.ts',
      'tools/**/*.ts',
      'api/openapi/**/*.ts',
      'worker/bundle/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'no-console': 'off',
    },
  },
)
