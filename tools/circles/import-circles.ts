import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** Which of the files each of them imports, types included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

/** Reads what TypeScript files under `dir` import of each other. */
export function importGraph(dir: string, files: readonly string[]): ImportGraph {
  const known = new Set(files)
  const importsOf = (file: string): string[] => {
    const { importedFiles } = ts.preProcessFile(readFileSync(path.join(dir, file), 'utf8'))
    return importedFiles
      .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
      .map((target) => target.replace(/\.js$/, '.ts'))
      .filter((target) => known.has(target))
  }
  return new Map(files.map((file) => [file, importsOf(file)]))
}

/**
 * For each file from which imports lead back to it, a shortest way round; each circle once. No file
 * of a circle can be read, tested or moved without all the others.
 */
export function importCircles(graph: ImportGraph): string[][] {
  const seen = new Set<string>()
  return [...graph.keys()].flatMap((file) => {
    const circle = seen.has(file) ? null : wayBack(graph, file)
    for (const each of circle ?? []) seen.add(each)
    return circle ? [circle] : []
  })
}

function wayBack(graph: ImportGraph, start: string): string[] | null {
  const ways: string[][] = [[start]]
  const reached = new Set<string>()
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return way
      if (reached.has(next)) continue
      reached.add(next)
      ways.push([...way, next])
    }
  }
  return null
}
