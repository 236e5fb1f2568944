import { Compile } from 'typebox/compile'
import type { Static } from 'typebox'
import { NewAuthorisedSellerSchema } from '../../contract/brand.js'
import { BrandParams } from '../../contract/common.js'
import { MAX_SELLERS } from '../../contract/limits.js'
import {
  SellerCsvSchema,
  SellerImportQuery,
  SellerImportSchema,
} from '../../contract/seller-import.js'
import type { AuthorisedSeller } from '../../store/store.js'
import { newSellerEntry } from '../checks/authorised-seller.js'
import type { RouteDeps } from '../deps.js'
import { found } from '../errors.js'
import { BATCH_BODY_LIMIT_BYTES, itemProblem, unfitItem } from '../http/batch.js'
import { takeBodies } from '../http/bodies.js'
import { sellersOfCsv } from '../http/seller-csv.js'
import { presentAuthorisedSeller } from '../present/authorised-seller.js'
import { type App, callerOf } from './route.js'

const newSeller = Compile(NewAuthorisedSellerSchema)

type Result = Static<typeof SellerImportSchema>['results'][number]

/** Authorising many sellers at once, from a table. */
export function sellerImportRoute(app: App, { store, marketplaces, now }: RouteDeps): void {
  const { authorisedSellers, brands } = store

  app.register(async (scoped) => {
    takeBodies(scoped, 'text/csv', BATCH_BODY_LIMIT_BYTES)
    scoped.post(
      '/brands/:brandId/authorised-sellers::import',
      {
        bodyLimit: BATCH_BODY_LIMIT_BYTES,
        config: { scope: 'sellers:write', problems: ['not-found'] },
        schema: {
          operationId: 'importAuthorisedSellers',
          summary: `Authorise up to ${MAX_SELLERS} sellers by a CSV`,
          description:
            'Every line has its own result; a bad one never fails the rest. What is there already ' +
            'is left as it is, so that the same text can be sent again. With `preview` nothing is ' +
            'added, and the answer says what would be.',
          tags: ['Brands'],
          params: BrandParams,
          querystring: SellerImportQuery,
          body: { content: { 'text/csv': { schema: SellerCsvSchema } } },
          response: { 200: SellerImportSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        // A body of several types hides from the types what else is checked.
        const { brandId } = request.params as Static<typeof BrandParams>
        const { preview = false } = request.query as Static<typeof SellerImportQuery>
        const { calendar } = await found('brand', brands.find(caller, brandId))
        const text = request.body as string
        const { lines, ignoredColumns } = await sellersOfCsv(text, calendar.timeZone)
        const asked = lines.map(({ line, cells, fields }) => {
          try {
            if (!newSeller.Check(fields)) throw unfitItem(newSeller.Errors(fields))
            const entry = newSellerEntry(caller, brandId, fields, { marketplaces, nowMs: now() })
            return { line, cells, entry, isFromNow: fields['validFrom'] === undefined }
          } catch (error) {
            return { line, cells, problem: itemProblem(error, request.log) }
          }
        })
        const known = await entriesLike(asked.flatMap(({ entry }) => entry ?? []))
        const added: AuthorisedSeller[] = []
        const results = asked.map(({ line, cells: fields, entry, problem, isFromNow }): Result => {
          if (!entry) return { line, fields, result: 'refused', ...(problem ? { problem } : {}) }
          const same = [...known, ...added].find((one) => isSame(one, entry, isFromNow ?? false))
          if (!same) added.push(entry)
          const shown = presentAuthorisedSeller(same ?? entry)
          return { line, fields, result: same ? 'known' : 'added', entry: shown }
        })
        if (!preview && added.length > 0) await authorisedSellers.addMany(added)
        const count = (result: Result['result']) =>
          results.filter((one) => one.result === result).length
        return {
          results,
          counts: { added: count('added'), known: count('known'), refused: count('refused') },
          ...(ignoredColumns.length > 0 ? { ignoredColumns } : {}),
        }

        async function entriesLike(entries: AuthorisedSeller[]): Promise<AuthorisedSeller[]> {
          const found = [...new Set(entries.map(({ marketplace }) => marketplace))].map((id) => {
            const there = entries.filter(({ marketplace }) => marketplace === id)
            const sellerIds = there.map(({ sellerId }) => sellerId)
            return authorisedSellers.ofSellers(caller, brandId, { marketplace: id, sellerIds })
          })
          return (await Promise.all(found)).flat()
        }
      },
    )
  })
}

/** True for two that authorise the same; one from now on is the same as one that has begun. */
function isSame(one: AuthorisedSeller, other: AuthorisedSeller, isFromNow: boolean): boolean {
  const endOf = ({ validUntil }: AuthorisedSeller) => validUntil?.getTime() ?? null
  return (
    one.marketplace === other.marketplace &&
    one.sellerId === other.sellerId &&
    one.sku === other.sku &&
    endOf(one) === endOf(other) &&
    (isFromNow
      ? one.validFrom <= other.validFrom
      : one.validFrom.getTime() === other.validFrom.getTime())
  )
}
