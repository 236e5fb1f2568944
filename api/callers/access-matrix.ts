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

/** Every operation that needs a caller, with who may use it and how far it reaches: docs/access.md. */
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
this depends on the case: its \`allowed\` says it for whoever reads it. A session of somebody who signed in reaches as far as
a key of the role, brands and marketplaces of the membership it acts by; \`session:own\` is for sessions only.

${table(['Operation', 'Scope', 'Reaches', ...ROLES], rows)}

## How far it reaches

What lies outside the brands and marketplaces of a caller does not exist for them: \`404\`. What reaches
further than the caller is refused: \`403 beyond-reach\`.

${table(['Reaches', 'What the caller must cover'], Object.entries(REACHES))}

A brand that takes no part at present may read; what else its people and keys send is refused:
\`403 brand-inactive\`.

## Who makes keys and memberships

${table(['Maker', 'Makes, reads and ends those of'], makers)}

For brands and marketplaces of their own only. No key lives longer than the key that makes it.
Revoking a key revokes those it made; an operator may keep them. The last operator's key for
everything cannot be revoked.
`
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}
