import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import { defineConfig, type Plugin } from 'vite'

// Vite itself compiles the JSX; what its React plugin would add is refreshing while one edits.

export default defineConfig({
  plugins: [
    { ...optimizeLocales.vite({ locales: ['en-US', 'zh-CN', 'pt-BR'] }), enforce: 'pre' },
    layersInOrder(),
    precompressed(),
  ],
  build: {
    outDir: '../dist/portal',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: false,
    // The policy allows no code and no pictures in the page itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      // Libraries mark what servers may not draw; here nothing but a browser draws.
      onLog(level, log, report) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log)
      },
    },
  },
})

/**
 * Puts the order of the layers at the head of each stylesheet: the one that a browser comes to first
 * decides it, and which that is depends on what the screens share.
 */
function layersInOrder(): Plugin {
  return {
    name: 'layers-in-order',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const tokens = await readFile(path.resolve(import.meta.dirname, 'design/tokens.css'), 'utf8')
      const [order] = /^@layer [^;{]+;/m.exec(tokens) ?? []
      if (order === undefined) this.error('design/tokens.css names no order of the layers')
      for (const file of Object.values(bundle)) {
        if (file.type === 'asset' && file.fileName.endsWith('.css')) {
          file.source = order + String(file.source)
        }
      }
    },
  }
}

/** Puts a `.br` and a `.gz` beside each file with text: they are compressed once, and as far as possible. */
function precompressed(): Plugin {
  let folder = ''
  return {
    name: 'precompressed',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir, config.build.assetsDir)
    },
    async closeBundle() {
      const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name))
      await Promise.all(names.map((name) => compress(path.join(folder, name))))
    },
  }
}

async function compress(file: string): Promise<void> {
  const text = await readFile(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(text, { params }),
    promisify(gzip)(text, { level: constants.Z_BEST_COMPRESSION }),
  ])
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
}
