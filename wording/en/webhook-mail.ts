import type { WebhookMailWords } from '../webhook-mail-words.js'

export const webhookMailEn: WebhookMailWords = {
  subject: ({ brand, host }) => `${brand}: messages to ${host} have stopped`,
  heading: 'A webhook endpoint was switched off',
  paragraphs: ({ brand, host, reason, hours }) => [
    reason === 'gone'
      ? `The system of ${brand} at ${host} answered that its address is gone for good (410), so nothing is sent there any more.`
      : `The system of ${brand} at ${host} has taken no message for more than ${hours} hours, so nothing is sent there any more.`,
    'Cases go on as before: you are asked and told by mail and in the portal.',
    'When the system can be reached again, enable the endpoint. What was waiting then goes out; what happened while it was off is sent when you replay that time.',
  ],
  action: 'Look at the endpoint',
  footer: 'Sent automatically by Joint-Force; replies are not read.',
}
