import { openAsBlob } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { referencePath } from '../../client/paths.js'
import type { PresentedReference } from '../../contract/reference.js'
import { confirm } from '../confirm.js'
import { examples } from '../examples.js'
import { usageError } from '../exit.js'
import type { Io } from '../io.js'
import { openSession, type Session } from '../session.js'
import { table } from '../../platform/terminal-table.js'
import { addReferenceImportCommand } from './reference-import.js'

interface NewReferenceOptions {
  name: string
  sku?: string[]
  word?: string[]
  feature?: string[]
  price?: string
  rights?: string
  picture?: string[]
}

/** `brand references …`: the genuine products that are shown beside listings. */
export function addReferenceCommands(brand: Command, io: Io): void {
  const parent = brand
    .command('references')
    .description('Genuine products, shown beside the listings that claim to be one of them.')

  parent
    .command('list')
    .description('List a brand’s genuine products.')
    .argument('<brandId>', 'as brand list shows it')
    .addHelpText('after', examples('joint-force brand references list hp'))
    .action(async (brandId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const api = await session.api()
      const found = await api.list<PresentedReference>(referencePath(brandId), {}, 'after')
      session.print(found, () => referenceTable(found, session))
    })

  parent
    .command('add')
    .description('Add a genuine product.')
    .argument('<brandId>', 'as brand list shows it')
    .requiredOption('--name <name>', 'what it is called')
    .option('--sku <sku...>', 'its numbers: it is shown beside listings with one of them')
    .option('--word <word...>', 'shown beside listings whose title has all of them')
    .option('--feature <text...>', 'what tells it from a copy on a picture')
    .option('--price <price>', 'what a unit is suggested to cost, such as "29.90 EUR"')
    .option('--rights <text>', 'marks and other rights in it')
    .option('--picture <source...>', 'its pictures: files, or https addresses to fetch')
    .addHelpText(
      'after',
      examples(
        'joint-force brand references add hp --name "664 black" --sku F6V29A --price "16.99 EUR" \\',
        '  --feature "Seal with a colour shift" --picture front.jpg https://hp.example/664.png',
      ),
    )
    .action(async (brandId: string, options: NewReferenceOptions, command: Command) => {
      const session = openSession(io, command)
      const { name, sku, word, feature, price, rights, picture = [] } = options
      const pictures = await Promise.all(picture.map(pictureOf))
      const suggestedPrice = price === undefined ? undefined : priceIn(price)
      const given = { name, skus: sku, words: word, features: feature, suggestedPrice, rights }
      const isGiven = ([, value]: [string, unknown]) => value !== undefined
      const body = Object.fromEntries(Object.entries(given).filter(isGiven))
      const api = await session.api()
      const made = { body, once: true }
      let shown = (await api.request<PresentedReference>('POST', referencePath(brandId), made)).body
      session.say(`${shown.referenceId}: added`)
      for (const { rest, sent } of pictures) {
        const to = `${referencePath(brandId, shown.referenceId)}/pictures${rest}`
        shown = (await api.request<PresentedReference>('POST', to, sent)).body
      }
      session.print(shown, () => referenceTable([shown], session))
    })

  parent
    .command('remove')
    .description('Remove a genuine product.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<referenceId>', 'as references list shows it')
    .option('--yes', 'do not ask', false)
    .addHelpText('after', examples('joint-force brand references remove hp ref-k3v9x2m7q4ta --yes'))
    .action(
      async (brandId: string, referenceId: string, { yes }: { yes: boolean }, command: Command) => {
        const session = openSession(io, command)
        const api = await session.api()
        const one = referencePath(brandId, referenceId)
        const { name } = await api.get<PresentedReference>(one)
        await confirm(io, `Remove ${referenceId}, ${name}, with its pictures?`, yes)
        await api.request('DELETE', one)
        session.print({ referenceId, removed: true }, `${referenceId}: removed`)
      },
    )

  addReferenceImportCommand(parent, io)
}

/** A picture as it goes to the API: a file in a form, or the address it is fetched from. */
async function pictureOf(source: string) {
  if (/^https?:/i.test(source)) return { rest: ':fetch', sent: { body: { url: source } } }
  const file = await openAsBlob(source).catch((cause: unknown) => {
    throw usageError(`cannot read the picture ${source}; check its name`, cause)
  })
  const form = new FormData()
  form.append('picture', file, path.basename(source))
  return { rest: '', sent: { form } }
}

function priceIn(text: string) {
  const [, amount, currency] = /^\s*(\d+(?:\.\d+)?)\s*([A-Z]{3})\s*$/.exec(text) ?? []
  if (amount !== undefined && currency !== undefined) return { amount: Number(amount), currency }
  throw usageError(`"${text}" is no price; write it like "29.90 EUR"`)
}

function referenceTable(references: readonly PresentedReference[], { width }: Session): string {
  return table(
    [
      { head: 'reference', cell: ({ referenceId }) => referenceId },
      { head: 'name', min: 8, cell: ({ name }) => name },
      { head: 'skus', min: 6, cell: ({ skus }) => skus.join(' ') || 'none' },
      { head: 'words', min: 6, cell: ({ words }) => words.join(' + ') || 'none' },
      { head: 'pictures', cell: ({ pictures }) => String(pictures.length) },
      {
        head: 'price',
        cell: ({ suggestedPrice: price }) =>
          price === null ? 'none' : `${price.amount} ${price.currency}`,
      },
    ],
    references,
    width,
  )
}
