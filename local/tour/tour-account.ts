/** What a tour did and found; `--json` prints it as the last line. */
export interface TourAccount {
  /** Cases answered by keys alone, one by one. */
  cases: number
  /** Keys pressed for them. */
  keystrokes: number
  /** From the first of them to the last. */
  seconds: number
  /** How often each verdict was given. */
  verdicts: Readonly<Record<string, number>>
  /** Listings that left the shop, as its own page counted them in a second window. */
  removedInShop: number
  /** Of what was answered by keys, in whichever language, what should have left it. */
  confirmed: number
  /** What axe found on the screens that were looked at, and whatever was wider than its window. */
  axeViolations: number
  /** What the content policy of the portal refused. */
  cspViolations: number
  /** File names of the pictures taken. */
  screenshots: readonly string[]
}

/** Most keys a case may take, and fewest different verdicts of a tour long enough to give them. */
const GOALS = { keysPerCase: 3, verdicts: 5 }

/** What of an account is not as it should be, in sentences; none when the tour went well. */
export function shortcomings(account: TourAccount): string[] {
  const { cases, keystrokes, verdicts, removedInShop, confirmed } = account
  const kinds = Object.keys(verdicts).length
  const mostKeys = GOALS.keysPerCase * cases
  const fewestVerdicts = Math.min(GOALS.verdicts, cases)
  const found: [boolean, string][] = [
    [keystrokes > mostKeys, `${cases} cases took ${keystrokes} keys, more than ${mostKeys}`],
    [kinds < fewestVerdicts, `${kinds} different verdicts were given, not ${fewestVerdicts}`],
    [removedInShop !== confirmed, `${removedInShop} of ${confirmed} listings left the shop`],
    [account.axeViolations > 0, `${account.axeViolations} problems of access were found`],
    [account.cspViolations > 0, `the content policy was violated ${account.cspViolations} times`],
  ]
  return found.filter(([isShort]) => isShort).map(([, sentence]) => sentence)
}
