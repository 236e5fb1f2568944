import type { FieldTexts } from './field.js'

const AT = '2026-03-03T14:05:00.000Z'
const PERSON_NAME = { description: 'What people call them.', example: 'Mei Lin' }
const ROLE = { description: 'What they are to the service.', example: 'brandMember' }
const BRANDS = { description: 'The brands it is for, by their ids; `*`: all of them.' }
const MARKETPLACES = { description: 'The marketplaces it is for, by their ids; `*`: all of them.' }
const ACCOUNT_MANAGER = {
  description: 'The account manager or lead that they are, by that id; `null` when they are none.',
}

/** Fields of people, their memberships, sessions and links to sign in. */
export const SIGN_IN_FIELDS: FieldTexts = {
  personId: { description: 'The person, by their id.', example: 'p-k3v9x2m7q4tak' },
  membershipId: { description: 'The membership, by its id.', example: 'm-7x2k9v3mq4tak' },
  sessionId: {
    description: 'The session, by an id that lets nobody in.',
    example: 's-q4tak7x2k9v3m',
  },
  person: { description: 'Who is signed in.' },
  'provider.name': { description: 'What people call it.', example: 'Voltbrook single sign-on' },
  memberships: { description: 'What they may be, each for some brands.' },
  'PersonChanges.memberships': {
    description: 'What they are to be within your reach, all of it; without an id it is new.',
  },
  'Session.membershipId': { description: 'The membership they act by now.' },
  'ActAs.membershipId': { description: 'The membership to act by, of the own.' },
  'MembershipChange.membershipId': {
    description: 'The membership that is kept or changed; absent: a new one.',
  },
  'SignedInPerson.name': PERSON_NAME,
  'Person.name': PERSON_NAME,
  'NewPerson.name': PERSON_NAME,
  'PersonChanges.name': PERSON_NAME,
  'NewSignInLink.email': { description: 'Where the mail goes if somebody has the address.' },
  'SessionMembership.role': ROLE,
  'Membership.role': ROLE,
  'NewMembership.role': ROLE,
  'MembershipChange.role': ROLE,
  'Membership.brandIds': BRANDS,
  'NewMembership.brandIds': BRANDS,
  'MembershipChange.brandIds': BRANDS,
  'Membership.marketplaces': MARKETPLACES,
  'NewMembership.marketplaces': MARKETPLACES,
  'MembershipChange.marketplaces': MARKETPLACES,
  'SignedInPerson.accountManagerId': ACCOUNT_MANAGER,
  'Person.accountManagerId': ACCOUNT_MANAGER,
  'NewPerson.accountManagerId': ACCOUNT_MANAGER,
  'PersonChanges.accountManagerId': ACCOUNT_MANAGER,
  'SignIn.token': {
    description: 'What stands behind the `#` of the link.',
    example: 'q7Zk0d1yB2sV8m3xJ4nT5wR6cF9hL0pA1eG2iK3oU4Y',
  },
  'SignIn.code': { example: '402917' },
  'AskedLink.code': { example: '402917' },
  'AskedLink.expiresAt': { example: AT },
  'Session.expiresAt': { description: 'When it ends unless it is used meanwhile.', example: AT },
  'OwnSession.expiresAt': { description: 'When it ends unless it is used meanwhile.', example: AT },
  current: { description: 'Whether it is the one this is asked by.', example: true },
  'OwnSession.createdAt': { description: 'When they signed in.' },
  lastSeenAt: { description: 'When it was last used, to the minute.', example: AT },
  userAgent: {
    description: 'What the browser says it is.',
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  },
  'invitation.expiresAt': { description: 'Until when the link of it lets them in.', example: AT },
  mailedAt: {
    description: 'When the mail server took the mail; `null` when it did not: send another.',
    example: AT,
  },
  joinedAt: { description: 'When they first signed in; `null` when never.', example: AT },
  deactivatedAt: {
    description: 'Since when they may sign in no more; `null` while they may.',
    example: '2026-06-30T16:00:00.000Z',
  },
  former: { description: 'True of somebody who was deactivated since.', example: true },
}
