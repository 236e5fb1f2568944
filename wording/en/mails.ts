import type { MailWords, SubjectFacts } from '../mail-words.js'

const these = (count: number) => (count === 1 ? 'this listing' : `these ${count} listings`)
const some = (count: number) => (count === 1 ? 'A listing' : `${count} listings`)
const by = ({ due, dueDiffers }: SubjectFacts) =>
  due === null ? '' : dueDiffers ? `, the first by ${due}` : ` by ${due}`
const withResult = (text: string, result: string | null) =>
  result === null ? text : `${text} (${result})`

export const mailsEn: MailWords = {
  kinds: {
    asked: {
      subject: (facts) =>
        facts.count === 1
          ? `Is this genuine? “${facts.title}” – answer needed${by(facts)}`
          : `${facts.count} listings need your answer${by(facts)}`,
      heading: (count) =>
        count === 1 ? 'Is this listing genuine?' : `Are these ${count} genuine?`,
      paragraphs: ({ count, brand, role }) => [
        role === 'brandMember'
          ? `${some(count)} offered as ${brand} ${count === 1 ? 'looks' : 'look'} suspicious. The marketplace cannot tell from outside; only ${brand} can. Please say what ${count === 1 ? 'it is' : 'they are'}.`
          : `${some(count)} offered as ${brand} ${count === 1 ? 'looks' : 'look'} suspicious and ${count === 1 ? 'needs' : 'need'} a decision. Please obtain it from the brand.`,
      ],
    },
    reminder: {
      subject: (facts) =>
        facts.count === 1
          ? `Reminder: “${facts.title}” – answer needed${by(facts)}`
          : `Reminder: ${facts.count} listings need your answer${by(facts)}`,
      heading: (count) =>
        count === 1 ? 'Your answer is still missing' : `${count} answers are still missing`,
      paragraphs: ({ count, brand, role }) => [
        role === 'brandMember'
          ? `We asked you about ${these(count)} offered as ${brand} and have no answer yet. Only ${brand} can tell what ${count === 1 ? 'it is' : 'they are'}.`
          : `A decision on ${these(count)} offered as ${brand} is still missing, and it is your turn to obtain it.`,
      ],
    },
    escalated: {
      subject: (facts) =>
        facts.count === 1
          ? `Escalated: “${facts.title}” – decision needed${by(facts)}`
          : `Escalated: ${facts.count} listings need a decision${by(facts)}`,
      heading: (count) => (count === 1 ? 'A case was escalated' : `${count} cases were escalated`),
      paragraphs: ({ count, brand, role }) => [
        {
          brandMember: `Your account manager has taken over ${these(count)} offered as ${brand}. You can still answer until ${count === 1 ? 'it is' : 'they are'} removed or closed.`,
          accountManager: `There is no decision yet on ${these(count)} offered as ${brand}. It is now your turn: please obtain the answer, or decide where the brand’s policy lets you.`,
          lead: `Neither the brand (${brand}) nor the account manager has decided ${these(count)}. It is now your turn.`,
        }[role],
      ],
    },
    decided: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `${result ?? 'Decided'}: “${title}”`
          : withResult(`${count} listings: results`, result),
      heading: (count) => (count === 1 ? 'There is a result' : `There are ${count} results`),
      paragraphs: ({ count, brand }) => [
        `Here is what became of ${these(count)} offered as ${brand}. You need to do nothing unless you disagree.`,
      ],
    },
    takenDown: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `${result ?? 'Listing gone'}: “${title}”`
          : withResult(`${count} listings are gone from the marketplace`, result),
      heading: (count) => (count === 1 ? 'The listing is gone' : `${count} listings are gone`),
      paragraphs: ({ count, brand }) => [
        `The marketplace reported the result for ${these(count)} offered as ${brand}. Nothing is left for you to do.`,
      ],
    },
    withdrawn: {
      subject: ({ count, title }) =>
        count === 1
          ? `No answer needed any more: “${title}”`
          : `No answer needed any more for ${count} listings`,
      heading: () => 'No answer is needed any more',
      paragraphs: ({ count, brand }) => [
        `The monitor that reported ${these(count)} offered as ${brand} has withdrawn its report. Links in earlier mails no longer ask for an answer.`,
      ],
    },
    needsAttention: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `Needs attention: “${title}”${result === null ? '' : ` – ${result}`}`
          : withResult(`${count} cases need attention`, result),
      heading: (count) =>
        count === 1 ? 'A case needs attention' : `${count} cases need attention`,
      paragraphs: ({ count, brand }) => [
        `The service cannot go on alone with ${these(count)} offered as ${brand}. Nothing is lost: ${count === 1 ? 'the case waits' : 'the cases wait'} until somebody acts.`,
      ],
    },
    lateAnswer: {
      subject: ({ count, title, result }) =>
        count === 1
          ? `Late answer: “${title}”${result === null ? '' : ` – ${result}`}`
          : withResult(`${count} late answers`, result),
      heading: (count) =>
        count === 1 ? 'The brand answered too late' : `${count} answers came too late`,
      paragraphs: ({ count, brand }) => [
        `${brand} answered about ${these(count)} when ${count === 1 ? 'the case' : 'the cases'} had closed. The answer changed nothing. If it should have, reopen ${count === 1 ? 'the case' : 'them'}: a removed listing is put back, and the brand is asked again.`,
      ],
    },
  },
  greeting: (name) => `Hello ${name},`,
  coversFor: (name) =>
    `You get this because you cover for ${name}, who is away. Sign in to the portal to act.`,
  labels: {
    answerBy: 'Answer by',
    answerFirstBy: 'First answer by',
    brand: 'Brand',
    listing: 'Listing',
    sellers: 'Sellers',
    verdict: 'Verdict',
    decidedBy: 'Decided by',
    outcome: 'Outcome',
    releasedBecause: 'Because',
    stoppableUntil: 'Can be stopped until',
    question: 'The brand asks',
    managerWrites: 'Your account manager writes',
    brandSaid: 'The brand’s answer so far',
    lateAnswer: 'Answered when it had closed',
    problem: 'Problem',
    lastError: 'Last error',
    case: 'Case',
    whySuspicious: 'Why it looks suspicious',
    alsoSeen: 'Also seen, not counted',
    whyUnverifiable: 'Why the marketplace cannot tell',
    unblock: 'What helps',
    howToAnswer: 'How to answer',
    ifSilent: 'If nobody answers',
  },
  actions: {
    answer: 'Answer now',
    stopRemoval: 'Review or stop the removal',
    act: 'Open the case',
    viewListing: 'View the listing',
    openAll: (count) => `Open all ${count}`,
    chooseMails: 'Choose which mails you get, and when',
  },
  howToAnswer: (count) =>
    `${count === 1 ? 'The link opens' : 'Each link opens'} a page that shows the case; nothing is decided before you confirm there. ${count === 1 ? 'The link is' : 'The links are'} personal: whoever has ${count === 1 ? 'it' : 'them'} can answer in your name, so please do not forward this mail.`,
  howToSignIn:
    'The links open the portal, where you sign in. Nothing is decided before you confirm there.',
  moreCases: (count) => `And ${count} more ${count === 1 ? 'listing' : 'listings'}`,
  allTogether: 'The button at the top opens all of them, where they can be answered together.',
  notListed: (count, inboxUrl) =>
    inboxUrl === null
      ? `${count} of them could not be listed any more. They are in the portal; your account manager can let you in.`
      : `${count} of them could not be listed any more. They are in your inbox: ${inboxUrl}`,
  reminderNumber: (number) => `This is reminder ${number}.`,
  ifSilent: {
    brandMember: {
      neverExpires:
        'Your account manager takes over, then the marketplace’s lead. The case never expires.',
      platformDecides:
        'Your account manager takes over. Without an answer the marketplace’s lead then decides on the evidence there is.',
      accountManagerDecides:
        'Your account manager takes over and may decide for you. If nobody decides, the case closes and the listing stays online.',
      release:
        'Your account manager asks once more. After that the case closes and the listing stays online.',
    },
    accountManager: {
      neverExpires: 'The lead takes over. The case never expires.',
      platformDecides: 'The lead takes over and decides on the evidence there is.',
      accountManagerDecides:
        'The lead takes over. If nobody decides, the case closes and the listing stays online.',
      release: 'The case closes and the listing stays online.',
    },
    lead: {
      neverExpires: 'The case stays open and keeps asking for attention.',
      platformDecides: 'The case stays open and keeps asking for attention.',
      accountManagerDecides: 'The case closes and the listing stays online.',
      release: 'The case closes and the listing stays online.',
    },
  },
  footer: ({ role, brand }) => {
    const reason = {
      brandMember: `you answer for ${brand}`,
      accountManager: `you are the account manager of ${brand}`,
      lead: `you are the lead for ${brand}`,
    }[role]
    return `Sent by Joint-Force because ${reason}. This mail was sent automatically; replies are not read.`
  },
}
