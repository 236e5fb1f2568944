import type { Price } from '../domain/listing/listing.js'
import { html, type SafeHtml } from '../notifications/html.js'
import type { ShopListing } from './shop.js'

const LISTINGS_PER_PAGE = 60

/** Where people who use a currency read prices: decides its symbol and separators. */
const LOCALE_OF_CURRENCY: Record<string, string> = { BRL: 'pt-BR', CNY: 'zh-CN', EUR: 'de-DE' }
const TEXT_LOCALE = 'en-GB'

/** What a shop window shows. */
export interface Shelf {
  marketplace: string
  query: string
  /** Counted from 1. */
  page: number
  /** The listings that match the query, those of other pages included. */
  matching: ShopListing[]
  forSale: number
  takenDown: number
  withdrawn: number
}

/** The first page: which marketplaces there are. */
export function overviewPage(shops: { marketplace: string; forSale: number }[]): SafeHtml {
  return page(
    'Sandbox marketplaces',
    html`<h1>Sandbox marketplaces</h1>
      <div data-live>
        ${shops.length === 0 && html`<p>No listings have been loaded.</p>`}
        <ul class="grid">
          ${shops.map(
            ({ marketplace, forSale }) =>
              html`<li class="card">
                <a href="/shop/${marketplace}">${marketplace}</a>
                <p class="quiet">${countOf(forSale, 'listing')} for sale</p>
              </li>`,
          )}
        </ul>
      </div>`,
  )
}

/** The shop window of one marketplace. */
export function shelfPage(shelf: Shelf): SafeHtml {
  const { marketplace, query, matching } = shelf
  const pages = Math.max(1, Math.ceil(matching.length / LISTINGS_PER_PAGE))
  const current = Math.min(Math.max(shelf.page, 1), pages)
  const shown = matching.slice((current - 1) * LISTINGS_PER_PAGE, current * LISTINGS_PER_PAGE)
  return page(
    marketplace,
    html`<h1><a href="/shop">Shops</a> / ${marketplace}</h1>
      <form role="search" action="/shop/${marketplace}">
        <input
          type="search"
          name="q"
          value="${query}"
          placeholder="Words of the title, or a seller"
          aria-label="Search listings by title or seller"
        />
        <button>Search</button>
      </form>
      <div data-live>
        <p class="quiet" role="status">
          <b>${countOf(shelf.forSale, 'listing')}</b> for sale · ${shelf.takenDown} taken down ·
          ${shelf.withdrawn} withdrawn by the seller
          ${query !== '' && html`· <b>${matching.length}</b> match “<bdi>${query}</bdi>”`}
        </p>
        <ul class="grid">
          ${shown.map(card)}
        </ul>
        ${pages > 1 && pager(shelf, current, pages)}
      </div>`,
  )
}

/** One listing; when it is gone, that it is gone and nothing else. */
export function listingPage(listing: ShopListing): SafeHtml {
  const { marketplace, listingId, title, gone, seller } = listing
  const trail = html`<p class="quiet">
    <a href="/shop/${marketplace}">${marketplace}</a> / ${listingId}
  </p>`
  if (gone) {
    return page(
      'No longer available',
      html`${trail}
        <div data-live>
          <h1>No longer available</h1>
          <p>
            This listing was
            ${gone.by === 'seller' ? 'withdrawn by its seller' : 'removed after a takedown request'}
            on <time datetime="${gone.at}">${timeOf(gone.at)}</time>.
          </p>
        </div>`,
    )
  }
  const facts: [string, SafeHtml | string | number | undefined][] = [
    ['Price', html`<span class="price">${priceOf(listing.price)}</span>`],
    ['Units', unitsOf(listing)],
    ['Condition', listing.condition],
    ['Brand as stated', listing.brandClaimed],
    ['Part number', listing.sku],
    ['Category', listing.category],
    ['Seller', html`<bdi>${seller.name ?? seller.id}</bdi>`],
    ['Standing of the seller', seller.reputation],
    ['Sales of the seller', seller.transactions?.toLocaleString(TEXT_LOCALE)],
    ['Region', seller.region],
    [
      'Official store',
      seller.officialStore === undefined ? undefined : yesNo(seller.officialStore),
    ],
    ['Status', listing.status],
  ]
  return page(
    title,
    html`${trail}
      <div data-live>
        <h1><bdi>${title}</bdi></h1>
        ${pictureOf(listing, 240, 'eager')}
        <dl>
          ${facts.map(
            ([term, value]) =>
              value !== undefined &&
              html`<dt>${term}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>
      </div>`,
  )
}

/** For an address nothing was ever at. */
export function unknownPage(): SafeHtml {
  return page(
    'Not here',
    html`<h1>Not here</h1>
      <p>There is nothing at this address. <a href="/shop">See all shops</a></p>`,
  )
}

function card(listing: ShopListing): SafeHtml {
  const { marketplace, listingId, title, seller, price } = listing
  return html`<li class="card" data-listing="${listingId}">
    ${pictureOf(listing, 120, 'lazy')}
    <a href="/shop/${marketplace}/${encodeURIComponent(listingId)}"><bdi>${title}</bdi></a>
    <p>
      <span class="price">${priceOf(price)}</span> <span class="quiet">${unitsOf(listing)}</span>
    </p>
    <p class="quiet">
      <bdi>${seller.name ?? seller.id}</bdi>
      ${seller.officialStore && html`<span class="tag">official store</span>`}
      ${listing.status === 'paused' && html`<span class="tag">paused</span>`}
    </p>
  </li>`
}

function pictureOf(listing: ShopListing, size: number, loading: 'lazy' | 'eager'): SafeHtml {
  const { marketplace, listingId } = listing
  const address = `/shop/${marketplace}/${encodeURIComponent(listingId)}/picture.png`
  return html`<img src="${address}" alt="" width="${size}" height="${size}" loading="${loading}" />`
}

function pager({ marketplace, query }: Shelf, current: number, pages: number): SafeHtml {
  const link = (target: number, words: string) => {
    const parameters = new URLSearchParams({ q: query, page: String(target) })
    return html`<a href="/shop/${marketplace}?${parameters.toString()}">${words}</a>`
  }
  return html`<nav aria-label="Pages">
    ${current > 1 && link(current - 1, '← Previous')} Page ${current} of ${pages}
    ${current < pages && link(current + 1, 'Next →')}
  </nav>`
}

function page(title: string, main: SafeHtml): SafeHtml {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · sandbox</title>
        <link rel="stylesheet" href="/assets/shop.css" />
        <link rel="icon" href="data:," />
        <script src="/assets/shop.js" defer></script>
        <noscript><meta http-equiv="refresh" content="5" /></noscript>
      </head>
      <body>
        <header>
          <p class="notice">
            <b>Sandbox.</b> A shop for trying out takedowns, not a real one. Nothing here is a
            finding about any seller.
          </p>
        </header>
        <main>${main}</main>
      </body>
    </html> `
}

function priceOf(price: Price | null): string {
  if (!price) return 'No price'
  const { amount, currency } = price
  const locale = LOCALE_OF_CURRENCY[currency] ?? TEXT_LOCALE
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
}

/** How many units a listing holds, and what one comes to. */
function unitsOf({ units, price }: ShopListing): string | undefined {
  if (units === undefined || units === 1) return units === 1 ? '1 unit' : undefined
  const each = price && `, ${priceOf({ ...price, amount: price.amount / units })} each`
  return `${units} units${each ?? ''}`
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString(TEXT_LOCALE)} ${noun}${count === 1 ? '' : 's'}`
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

function timeOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}
