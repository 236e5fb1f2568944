import { shownListing, snapshotHash } from '../../domain/case/shown.js'
import { knownSeverity } from '../../domain/vocabulary.js'
import { html, type SafeHtml } from '../../notifications/html.js'
import { localNumber, shortMoment } from '../../notifications/local-format.js'
import { offerFacts } from '../../notifications/offer-facts.js'
import { oneLine } from '../../notifications/plain-text.js'
import type { CaseRow } from '../../store/store.js'
import { answerWordsFor } from '../../wording/answer-page.js'
import { wordsFor } from '../../wording/vocabulary.js'
import { document } from './document.js'
import { answerFields, sendBar } from './fields.js'
import type { CasesOfMail } from './neighbours.js'
import { besideField, problems } from './problems.js'
import type { Filled, FormError, PageReader } from './reader.js'

/** Which of the waiting cases are shown, and which of them are selected to begin with. */
export interface ListView {
  /** Only this seller's, all selected. */
  seller?: string
  select?: 'all'
}

const TITLE_MAX = 200
const NAME_MAX = 100
/** What a line of the list says of an offer. */
const LINE_FIELDS = ['price', 'comparison', 'units']

/** The page of all cases of a mail, by seller: select, answer, send. Nothing is decided by showing it. */
export function listPage(
  cases: CasesOfMail,
  reader: PageReader,
  view: ListView,
  addressOf: (caseId: string) => string,
  filled: Filled = {},
  errors: readonly FormError[] = [],
): string {
  const { locale } = reader
  const words = answerWordsFor(locale)
  const { list } = words
  const { waiting, others } = cases
  const shown = waiting.filter(
    (row) => view.seller === undefined || sellerKeyOf(row) === view.seller,
  )
  const number = (count: number) => localNumber(count, locale)
  const brandName = [...new Set(waiting.map(({ state }) => state.parties.brandName))].join(', ')
  const answered = others > 0 ? html`<p class="note">${list.answered(number(others))}</p>` : null
  if (shown.length === 0) {
    const done = html`<p>${list.allDone}</p>
      ${answered}`
    return document(locale, words.results.notYourTurn, { brandName }, done)
  }
  const isAll = view.select === 'all' || view.seller !== undefined
  const isSelected = ({ caseId }: CaseRow) =>
    isAll || (filled.cases ?? []).some((box) => caseOfBox(box).caseId === caseId)
  const { note, attributes } = besideField('cases', errors)
  const sellers = new Map<string, CaseRow[]>()
  for (const row of shown) {
    const key = sellerKeyOf(row)
    sellers.set(key, [...(sellers.get(key) ?? []), row])
  }
  const body = html`${problems(reader, errors)}
    <p>${list.intro}</p>
    <p class="ways">
      ${isAll ? null : html`<a href="?select=all">${list.selectAll}</a>`}
      ${view.seller === undefined ? null : html`<a href="?">${list.showAll}</a>`}
    </p>
    <form method="post" autocomplete="off">
      <input type="hidden" name="action" value="decide" />
      <div id="cases" ${attributes}>
        ${note} ${[...sellers].map(([key, rows]) => sellerGroup(key, rows))}
      </div>
      ${answerFields(reader, list.legend, filled, errors)}
      <p class="note">${list.bulkNote}</p>
      ${answered} ${sendBar(reader, list.submit)}
    </form>`
  return document(locale, list.heading(number(waiting.length)), { brandName }, body)

  function sellerGroup(key: string, rows: readonly CaseRow[]): SafeHtml {
    const [first] = rows
    const seller = first && shownListing(first.state)?.seller
    const name = oneLine(seller?.name ?? seller?.id ?? '', NAME_MAX)
    const isAlone = rows.length < 2 || view.seller !== undefined
    return html`<h2>${list.ofSeller(name, number(rows.length))}</h2>
      ${
        isAlone
          ? null
          : html`<p class="note">
              <a href="?seller=${encodeURIComponent(key)}">${list.selectSeller}</a>
            </p>`
      }
      ${rows.map(line)}`
  }

  function line(row: CaseRow): SafeHtml {
    const { state, caseId } = row
    const listing = shownListing(state)
    if (!listing) return html``
    const facts = [
      wordsFor(locale).severities[knownSeverity(state.severity)],
      ...offerFacts(listing, locale).flatMap(({ field, value }) =>
        LINE_FIELDS.includes(field) ? [value] : [],
      ),
      ...(row.dueAt
        ? [`${words.answerBy} ${shortMoment(row.dueAt.toISOString(), reader.timeZone, locale)}`]
        : []),
    ]
    return html`<div class="row">
      <label class="choice">
        <input
          type="checkbox"
          name="case"
          value="${boxOf(caseId, snapshotHash(listing))}"
          ${isSelected(row) ? html`checked` : null}
        />
        <span><b>${oneLine(listing.title, TITLE_MAX)}</b><small>${facts.join(' · ')}</small></span>
      </label>
      <a href="${addressOf(caseId)}">${list.look}</a>
    </div>`
  }
}

/** Names a seller among those of a mail, which may be about several marketplaces. */
function sellerKeyOf({ marketplace, sellerId }: CaseRow): string {
  return `${marketplace} ${sellerId}`
}

/** What a selected box says: the case, and the listing that was shown. */
export function boxOf(caseId: string, hash: string): string {
  return `${caseId} ${hash}`
}

/** The parts of a box; of an undone answer the second is its decision. */
export function caseOfBox(box: string): { caseId: string; rest: string } {
  const [caseId = '', rest = ''] = box.split(' ', 2)
  return { caseId, rest }
}
