import type { Command } from 'commander'
import { ApiRefusal } from '../../client/errors.js'
import { referencePath } from '../../client/paths.js'
import type { NewReference, PresentedReference } from '../../contract/reference.js'
import { examples } from '../examples.js'
import { CommandError, EXIT, usageError } from '../exit.js'
import type { Io } from '../io.js'
import { openSession, readJson } from '../session.js'
import { table } from '../../platform/terminal-table.js'

/** A product of the file: what the API takes, and where its pictures are. */
interface Item {
  fields: Partial<NewReference>
  pictures: string[]
}

/** What became of one. */
interface ImportResult {
  name: string
  result: 'added' | 'known' | 'refused'
  referenceId: string | null
  problem: string | null
}

const FIELDS = ['name', 'skus', 'words', 'features', 'suggestedPrice', 'rights'] as const

/** `brand references import`: many at once, from a file. */
export function addReferenceImportCommand(parent: Command, io: Io): void {
  parent
    .command('import')
    .description('Add the genuine products of a file; those of a name that is there are left out.')
    .argument('<brandId>', 'as brand list shows it')
    .requiredOption(
      '--file <file>',
      'JSON list: name, skus, words, features, suggestedPrice, rights, pictures (addresses); - reads it',
    )
    .addHelpText(
      'after',
      examples(
        'joint-force brand references import hp --file products.json',
        'joint-force brand references list hp --json | joint-force brand references import hp-eu --file -',
      ),
    )
    .action(async (brandId: string, { file }: { file: string }, command: Command) => {
      const session = openSession(io, command)
      const items = itemsOf(await readJson(session, file), file)
      const api = await session.api()
      const there = await api.list<PresentedReference>(referencePath(brandId), {}, 'after')
      const known = new Map(there.map(({ name, referenceId }) => [name, referenceId]))

      const results: ImportResult[] = []
      for (const { fields, pictures } of items) {
        const name = fields.name ?? ''
        const knownId = known.get(name)
        if (knownId !== undefined) {
          results.push({ name, result: 'known', referenceId: knownId, problem: null })
          continue
        }
        let referenceId: string | null = null
        try {
          const made = { body: fields, once: true }
          const path = referencePath(brandId)
          const { body } = await api.request<PresentedReference>('POST', path, made)
          referenceId = body.referenceId
          known.set(name, referenceId)
          for (const url of pictures) {
            const to = `${referencePath(brandId, referenceId)}/pictures:fetch`
            await api.request('POST', to, { body: { url } })
          }
          results.push({ name, result: 'added', referenceId, problem: null })
        } catch (error) {
          if (!(error instanceof ApiRefusal) || error.status < 400 || error.status >= 500)
            throw error
          // A product that is there by now lacks a picture; a later import would leave it out.
          const result = referenceId === null ? 'refused' : 'added'
          results.push({ name, result, referenceId, problem: error.message })
        }
      }

      session.print(results, () => resultTable(results, session.width))
      const faulty = results.filter(({ problem }) => problem !== null).length
      if (faulty > 0) {
        const message = `${faulty} of ${results.length} products are not as the file says, see above.`
        throw new CommandError(EXIT.partly, message)
      }
    })
}

/**
 * The products of a file. What `references list --json` prints besides is left out: ids and dates are
 * given anew, and pictures that are only named by their hash cannot be fetched.
 */
function itemsOf(content: unknown, file: string): Item[] {
  if (!Array.isArray(content) || content.length === 0) {
    throw usageError(`${file} does not hold a JSON list of products`)
  }
  return content.map((item: unknown, place) => {
    const named = item as Record<string, unknown> | null
    if (typeof named !== 'object' || named === null || typeof named['name'] !== 'string') {
      throw usageError(`${file}: product ${place + 1} has no name`)
    }
    const given = FIELDS.flatMap((field) =>
      named[field] === undefined ? [] : [[field, named[field]] as const],
    )
    const pictures = Array.isArray(named['pictures']) ? named['pictures'] : []
    return {
      fields: Object.fromEntries(given),
      pictures: pictures.filter((each): each is string => typeof each === 'string'),
    }
  })
}

function resultTable(results: readonly ImportResult[], width: number | undefined): string {
  return table(
    [
      { head: 'result', cell: ({ result }) => result },
      { head: 'reference', cell: ({ referenceId }) => referenceId ?? '-' },
      { head: 'name', min: 8, cell: ({ name }) => name },
      { head: 'problem', min: 12, cell: ({ problem }) => problem ?? '' },
    ],
    results,
    width,
  )
}
