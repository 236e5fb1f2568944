/** Which methods a path answers to, for 405 and its `Allow` header. */
export interface KnownPaths {
  /** `pattern` as Fastify writes it: `:name` is a parameter, `::` a colon. */
  add(pattern: string, methods: readonly string[]): void
  /** The methods of a path, sorted; empty for a path nothing is behind. */
  methodsOf(path: string): string[]
}

/** Knows no path yet. */
export function createKnownPaths(): KnownPaths {
  const known = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  return {
    add(pattern, methods) {
      const entry = known.get(pattern) ?? { pattern: regexOf(pattern), methods: new Set<string>() }
      methods.forEach((method) => entry.methods.add(method))
      known.set(pattern, entry)
    },
    methodsOf(path) {
      const matching = [...known.values()].filter(({ pattern }) => pattern.test(path))
      return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort()
    },
  }
}

function regexOf(pattern: string): RegExp {
  const source = pattern
    .split(/(::|:\w+)/)
    .map((part) => {
      if (part === '::') return ':'
      return part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${source}$`)
}
