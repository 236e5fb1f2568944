import { describe, expect, it } from '@jest/globals'
import { IntlMessageFormat } from 'intl-messageformat'
import { portalEn } from '../../wording/en/portal.js'
import { dashboardEn } from '../../wording/en/portal/dashboard.js'
import { leadEn } from '../../wording/en/portal/lead.js'
import { operatorEn } from '../../wording/en/portal/operator.js'
import { portalPtBr } from '../../wording/pt-br/portal.js'
import { dashboardPtBr } from '../../wording/pt-br/portal/dashboard.js'
import { leadPtBr } from '../../wording/pt-br/portal/lead.js'
import { operatorPtBr } from '../../wording/pt-br/portal/operator.js'
import { portalZhCn } from '../../wording/zh-cn/portal.js'
import { dashboardZhCn } from '../../wording/zh-cn/portal/dashboard.js'
import { leadZhCn } from '../../wording/zh-cn/portal/lead.js'
import { operatorZhCn } from '../../wording/zh-cn/portal/operator.js'
import type { PortalWord } from '../../wording/portal-words.js'

const inEnglish = { ...portalEn, ...dashboardEn, ...operatorEn, ...leadEn }
const words = Object.keys(inEnglish) as PortalWord[]

/** The names of what fills a sentence. */
function placeholders(text: string, locale: string): string[] {
  const names = new Set<string>()
  const visit = (parts: readonly { type: number; value?: string; options?: object }[]) => {
    for (const { type, value, options } of parts) {
      if (type !== 0 && type !== 7 && value !== undefined) names.add(value)
      for (const option of Object.values(options ?? {}) as { value: typeof parts }[]) {
        visit(option.value)
      }
    }
  }
  visit(new IntlMessageFormat(text, locale).getAst())
  return [...names].sort()
}

describe.each([
  ['zh-CN', { ...portalZhCn, ...dashboardZhCn, ...operatorZhCn, ...leadZhCn }],
  ['pt-BR', { ...portalPtBr, ...dashboardPtBr, ...operatorPtBr, ...leadPtBr }],
] as [string, Record<PortalWord, string>][])('the sentences of the portal in %s', (locale, own) => {
  it.each(words)('say the same with the same: %s', (word) => {
    expect(own[word].trim()).not.toBe('')
    expect(placeholders(own[word], locale)).toEqual(placeholders(inEnglish[word], 'en'))
  })

  it('are translated', () => {
    const left = words.filter((word) => own[word] === inEnglish[word])
    expect(
      left.filter(
        (word) =>
          !/^(bulk\.(progress|marketplaces)|case\.permalink|(column|lead|operator|nav)\.marketplaces?)$/.test(
            word,
          ),
      ),
    ).toEqual([])
  })
})
