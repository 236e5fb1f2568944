#!/usr/bin/env node
// The command line of an installation or image (dist/), else of a clone without a build (tsx).
import { existsSync } from 'node:fs'

const built = new URL('../dist/cli/main.js', import.meta.url)
if (existsSync(built)) await import(built.href)
else {
  await import('tsx/esm/api').then(({ register }) => register())
  await import(new URL('../cli/main.ts', import.meta.url).href)
}
