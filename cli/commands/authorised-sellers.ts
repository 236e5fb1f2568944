import type { Command } from 'commander'
import type { Static } from 'typebox'
import type { AuthorisedSellerSchema } from '../../contract/brand.js'
import { brandPath } from '../../client/paths.js'
import { examples } from '../examples.js'
import type { Io } from '../io.js'
import { localMoment, MOMENT_HELP, parseMoment } from '../moments.js'
import { openSession, type Session } from '../session.js'
import { table } from '../../platform/terminal-table.js'

type AuthorisedSeller = Static<typeof AuthorisedSellerSchema>

interface NewEntry {
  marketplace: string
  seller: string
  sku?: string
  from?: string
  until?: string
}

/** `brand authorised-sellers …`: whose listings are released without asking. */
export function addAuthorisedSellerCommands(brand: Command, io: Io): void {
  const parent = brand
    .command('authorised-sellers')
    .description('Sellers the brand allows: their listings are released without asking.')

  parent
    .command('list')
    .description('List a brand’s authorised sellers.')
    .argument('<brandId>', 'as brand list shows it')
    .addHelpText('after', examples('joint-force brand authorised-sellers list hp'))
    .action(async (brandId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const api = await session.api()
      const sellers = await api.list<AuthorisedSeller>(sellersPath(brandId), {}, 'after')
      session.print(sellers, () => sellerTable(sellers, session))
    })

  parent
    .command('add')
    .description('Authorise a seller.')
    .argument('<brandId>', 'as brand list shows it')
    .requiredOption('--marketplace <id>', 'on this marketplace')
    .requiredOption('--seller <id>', 'the seller’s id there')
    .option('--sku <sku>', 'for this SKU only')
    .option('--from <moment>', `from ${MOMENT_HELP}; now when absent`)
    .option('--until <moment>', 'until then; without end when absent')
    .addHelpText(
      'after',
      examples(
        'joint-force brand authorised-sellers add hp --marketplace taobao --seller shop-2214',
      ),
    )
    .action(async (brandId: string, options: NewEntry, command: Command) => {
      const session = openSession(io, command)
      const { marketplace, seller: sellerId, sku, from, until } = options
      const { body } = await (
        await session.api()
      ).request<AuthorisedSeller>('POST', sellersPath(brandId), {
        body: {
          marketplace,
          sellerId,
          ...(sku === undefined ? {} : { sku }),
          ...(from === undefined ? {} : { validFrom: parseMoment(from, session.nowMs) }),
          ...(until === undefined ? {} : { validUntil: parseMoment(until, session.nowMs) }),
        },
        once: true,
      })
      session.print(body, () => sellerTable([body], session))
    })

  parent
    .command('remove')
    .description('Take an authorisation back.')
    .argument('<brandId>', 'as brand list shows it')
    .argument('<entryId>', 'as authorised-sellers list shows it')
    .addHelpText(
      'after',
      examples('joint-force brand authorised-sellers remove hp as-4q7xk2mzr5tca'),
    )
    .action(async (brandId: string, entryId: string, _options: object, command: Command) => {
      const session = openSession(io, command)
      const path = `${sellersPath(brandId)}/${encodeURIComponent(entryId)}`
      await (await session.api()).request('DELETE', path)
      session.print({ entryId, removed: true }, `${entryId}: removed`)
    })
}

function sellersPath(brandId: string): string {
  return brandPath(brandId, '/authorised-sellers')
}

function sellerTable(sellers: readonly AuthorisedSeller[], { nowMs, width }: Session): string {
  return table(
    [
      { head: 'entry', cell: ({ entryId }) => entryId },
      { head: 'marketplace', min: 6, cell: ({ marketplace }) => marketplace },
      { head: 'seller', min: 8, cell: ({ sellerId }) => sellerId },
      { head: 'sku', min: 6, cell: ({ sku }) => sku ?? 'all' },
      { head: 'from', cell: ({ validFrom }) => localMoment(validFrom, nowMs) },
      {
        head: 'until',
        cell: ({ validUntil }) => (validUntil === null ? 'no end' : localMoment(validUntil, nowMs)),
      },
    ],
    sellers,
    width,
  )
}
