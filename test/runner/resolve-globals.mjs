const GLOBALS = new URL('./globals.ts', import.meta.url).href

/** `@jest/globals` itself throws outside of jest's own module system. */
export function resolve(specifier, context, nextResolve) {
  if (specifier !== '@jest/globals') return nextResolve(specifier, context)
  return { url: GLOBALS, format: 'module', shortCircuit: true }
}
