import type { Severity } from '../domain/vocabulary.js'
import { html, type SafeHtml } from './html.js'
import { MAIL_STYLES, styles } from './mail-styles.js'
import type { Card, Fact, Link, MailDocument, Rest, Section } from './mail-document.js'

/**
 * The HTML part of a mail: tables and inline styles because mail programs know little else, a style
 * block for dark and narrow screens, and nothing loaded from anywhere.
 */
export function renderHtml(mail: MailDocument): string {
  const { locale, tone, brand, heading, greeting, paragraphs, deadline, cards, footer } = mail
  const page = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${heading}</title>
        ${MAIL_STYLES}
      </head>
      <body class="page" style="${styles.page}">
        <div role="main">
          <div style="${styles.preview}">${paragraphs[0] ?? ''}</div>
          <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
            <tr>
              <td align="center" class="gutter" style="${styles.gutter}">
                <table
                  role="presentation"
                  width="100%"
                  cellpadding="0"
                  cellspacing="0"
                  style="${styles.column}"
                >
                  <tr>
                    <td class="masthead" style="${styles.masthead}">
                      <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
                        <tr>
                          <td class="ink" style="${styles.wordmark}">Joint-Force</td>
                          <td class="muted" align="right" style="${styles.brand}">${brand}</td>
                        </tr>
                      </table>
                    </td>
                  </tr>
                  <tr>
                    <td
                      class="sheet"
                      style="${styles.sheet};border-top:4px solid ${styles.tone[tone]}"
                    >
                      <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
                        <tr>
                          <td class="pad" style="${styles.pad}">
                            <h1 class="ink" style="${styles.h1}">${heading}</h1>
                            <p class="ink" style="${styles.p}">${greeting}</p>
                            ${paragraphs.map((text) => html`<p class="ink" style="${styles.p}">${text}</p> `)}
                            ${mail.counts.length > 0 && html`<p class="muted" style="${styles.counts}">${inline(mail.counts)}</p>`}
                            ${deadline && deadlineBox(deadline)}
                            ${mail.action && button(mail.action)}
                            ${mail.compact ? cards.map(compactCard) : cards.map(fullCard)}
                            ${mail.rest && restBlock(mail.rest)}
                            ${mail.closing.map((section) => sectionBlock(section))}
                          </td>
                        </tr>
                      </table>
                    </td>
                  </tr>
                  <tr>
                    <td class="muted footer" style="${styles.footer}">
                      ${footer}
                      ${mail.settings && html`<br /><a class="link" href="${mail.settings.url}" rel="noreferrer">${mail.settings.label}</a>`}
                    </td>
                  </tr>
                </table>
              </td>
            </tr>
          </table>
        </div>
      </body>
    </html> `
  return page.markup
}

function deadlineBox({ label, value }: Fact): SafeHtml {
  return html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    style="${styles.deadline}"
  >
    <tr>
      <td class="deadline" style="${styles.deadlineCell}">
        <span class="muted" style="${styles.label}">${label}</span><br /><strong
          class="ink"
          style="${styles.strong}"
          >${value}</strong
        >
      </td>
    </tr>
  </table> `
}

function fullCard(card: Card): SafeHtml {
  const { title, listing, facts, sections, action } = card
  return html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    class="card"
    style="${styles.card}"
  >
    <tr>
      <td class="cardpad" style="${styles.cardPad}">
        ${pill(card)}
        <h2 class="ink" style="${styles.h2}">${title}</h2>
        ${listing && html`<p style="${styles.p}"><a class="link" href="${listing.url}" rel="noreferrer" style="${styles.link}">${listing.label}</a></p>`}
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
          ${facts.map(factRow)}
        </table>
        ${sections.map((section) => sectionBlock(section))} ${action && button(action)}
      </td>
    </tr>
  </table> `
}

function button({ label, url }: Link): SafeHtml {
  return html`<table
    role="presentation"
    cellpadding="0"
    cellspacing="0"
    style="${styles.buttonTable}"
  >
    <tr>
      <td class="button" style="${styles.buttonCell}">
        <a href="${url}" rel="noreferrer" style="${styles.button}">${label}</a>
      </td>
    </tr>
  </table> `
}

function compactCard(card: Card): SafeHtml {
  const { title, listing, facts, sections, action } = card
  const name = listing
    ? html`<a class="ink" href="${listing.url}" rel="noreferrer" style="${styles.titleLink}"
        >${title}</a
      >`
    : html`${title}`
  return html`<table
    role="presentation"
    width="100%"
    cellpadding="0"
    cellspacing="0"
    class="card"
    style="${styles.card}"
  >
    <tr>
      <td class="cardpad" style="${styles.compactPad}">
        ${pill(card)}
        <div class="ink" style="${styles.compactTitle}">${name}</div>
        <div class="muted" style="${styles.compactLine}">${inline(facts)}</div>
        ${sections.map(({ heading, items }) => html`<div class="muted" style="${styles.compactLine}">${heading}: <span class="ink" style="${styles.inkText}">${items.join('; ')}</span></div> `)}
        ${action && html`<div style="${styles.compactAction}"><a class="link" href="${action.url}" rel="noreferrer" style="${styles.link}">${action.label} →</a></div>`}
      </td>
    </tr>
  </table> `
}

function restBlock({ heading, paragraphs }: Rest): SafeHtml {
  return html`<p class="ink" style="${styles.restHeading}">${heading}</p>
    ${paragraphs.map((text) => html`<p class="ink" style="${styles.p}">${text}</p> `)}`
}

function pill({ severity, severityLabel }: Card): SafeHtml {
  const className: Record<Severity, string> = { S1: 's1', S2: 's2', S3: 's3', S4: 's4' }
  return html`<span
    class="${className[severity]}"
    style="${styles.pill};${styles.severity[severity]}"
    >${severityLabel}</span
  >`
}

function inline(facts: Fact[]): SafeHtml[] {
  return facts.map(
    ({ label, value }, index) =>
      html`${index === 0 ? '' : ' · '}${label}
        <span class="ink" style="${styles.inkText}">${value}</span>`,
  )
}

function factRow({ label, value }: Fact): SafeHtml {
  return html`<tr>
    <td class="muted" valign="top" style="${styles.factLabel}">${label}</td>
    <td class="ink" valign="top" style="${styles.factValue}">${value}</td>
  </tr> `
}

function sectionBlock({ heading, items }: Section): SafeHtml {
  return html`<p class="muted" style="${styles.sectionHeading}">${heading}</p>
    ${
      items.length === 1
        ? html`<p class="ink" style="${styles.p}">${items[0] ?? ''}</p>`
        : html`<ul class="ink" style="${styles.list}">
            ${items.map((item) => html`<li style="${styles.item}">${item}</li>`)}
          </ul>`
    } `
}
