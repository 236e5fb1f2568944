import type { Card, MailDocument, Rest, Section } from './mail-document.js'

const RULE = '-'.repeat(64)

/** The plain-text part of a mail: all that the HTML part says, readable without any program. */
export function renderText(mail: MailDocument): string {
  const { heading, greeting, paragraphs, counts, deadline, cards, rest, action, closing, footer } =
    mail
  const blocks = [
    heading,
    greeting,
    ...paragraphs,
    ...(counts.length > 0
      ? [counts.map(({ label, value }) => `${label}: ${value}`).join('\n')]
      : []),
    ...(deadline ? [`${deadline.label}: ${deadline.value}`] : []),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...cards.flatMap((card, index) => [RULE, cardText(card, mail.compact ? index + 1 : null)]),
    RULE,
    ...(rest ? restBlocks(rest) : []),
    ...closing.map(sectionText),
    footer,
    ...(mail.settings ? [`${mail.settings.label}:\n${mail.settings.url}`] : []),
  ]
  return `${blocks.join('\n\n')}\n`
}

function restBlocks({ heading, paragraphs }: Rest): string[] {
  return [heading, ...paragraphs]
}

function cardText(card: Card, number: number | null): string {
  const { severity, severityLabel, title, listing, facts, sections, action } = card
  const lines = [
    `${number === null ? '' : `${number}. `}[${severity} ${severityLabel}] ${title}`,
    ...(listing ? [listing.url] : []),
    ...facts.map(({ label, value }) => `${label}: ${value}`),
  ]
  const blocks = [lines.join('\n'), ...sections.map(sectionText)]
  if (action) blocks.push(`${action.label}:\n${action.url}`)
  return blocks.join('\n\n')
}

function sectionText({ heading, items }: Section): string {
  return [`${heading}:`, ...items.map((item) => `- ${item}`)].join('\n')
}
