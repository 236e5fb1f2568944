import { ROLES } from '../../domain/vocabulary.js'
import { MAKES, mayUse, type Reach, REACHES, type Scope } from './scopes.js'

/** The part of an OpenAPI document that the matrix is made of. */
export interface Contract {
  paths?: Record<string, Record<string, unknown> | undefined>
}

/** An operation of the contract as this service describes it. */
interface Operation {
  operationId: string
  'x-scope'?: Scope
  'x-reach'?: Reach
}

/** Every operation that needs a key, with who may use it and how far it reaches: docs/access.md. */
export function accessMatrix({ paths = {} }: Contract): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      ...(operation as Operation),
    })),
  )
  const rows = operations.flatMap(({ name, 'x-scope': scope, 'x-reach': reach }) =>
    scope && reach
      ? [[`\`${name}\``, scope, reach, ...ROLES.map((role) => (mayUse(role, scope) ? '✓' : ''))]]
      : [],
  )
  const makers = ROLES.flatMap((maker) => {
    const made = MAKES[maker]
    return made ? [[`\`${maker}\``, made.map((role) => `\`${role}\``).join(', ')]] : []
  })
  return `# Who may do what

Made from [\`api/callers/scopes.ts\`](../api/callers/scopes.ts) by \`npm run openapi\`. What a role may do to a case beyond
this depends on the case: its \`allowed\` says it for the key that reads it.

${table(['Operation', 'Scope', 'Reaches', ...ROLES], rows)}

## How far it reaches

What lies outside the brands and marketplaces of a key does not exist for it: \`404\`. What reaches
further than the key is refused: \`403 beyond-reach\`.

${table(['Reaches', 'What the key must cover'], Object.entries(REACHES))}

A brand that takes no part at present may read; what else its keys send is refused:
\`403 brand-inactive\`.

## Who makes keys

${table(['Maker', 'Makes, reads and revokes keys of'], makers)}

For brands and marketplaces of the own key only, and none lives longer than the key that makes it.
Revoking a key revokes those it made; an operator may keep them. The last operator's key for
everything cannot be revoked.
`
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}
