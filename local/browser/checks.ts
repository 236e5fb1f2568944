import axe from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'

/** What axe finds wrong with a page, by WCAG 2.2 AA and best practice: each rule, and where. */
export async function accessProblems(page: Page): Promise<string[]> {
  if (await page.evaluate<boolean>(`typeof axe === 'undefined'`)) await page.evaluate(axe.source)
  return page.evaluate<string[]>(`axe
    .run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`)
}

/** By how many pixels a page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
}

const VIOLATED = 'violates its policy: '

/** Has every page of that browser context say on its console what its content policy refuses. */
export async function reportPolicyViolations(context: BrowserContext): Promise<void> {
  await context.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    console.error('${VIOLATED}' + event.violatedDirective + ' ' + event.blockedURI))`)
}

/** What the content policy refused, of what a console said. */
export function policyViolations(complaints: readonly string[]): string[] {
  return complaints.filter((complaint) => complaint.startsWith(VIOLATED))
}

/** What the console of a page complains of from now on, and errors nobody caught. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return complaints
}
