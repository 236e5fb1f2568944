import { useState } from 'react'
import type { Case } from '../../contract/case.js'
import type { FittingReference } from '../../contract/reference.js'
import { localPercent, localPrice } from '../../notifications/local-format.js'
import { Button } from '../design/button.js'
import { Checkbox } from '../design/fields.js'
import { useReading } from '../words/words.js'
import { comparePrices } from './compare.js'
import { changeDraft, draftOf } from './drafts.js'
import { isDecidable } from './standing.js'
import styles from './compare.module.css'

/** Price beside suggested price, the rights, and the features to be looked for on the listing. */
export function CompareFacts({ of, fit }: { of: Case; fit: FittingReference }) {
  const { say, locale } = useReading()
  const { unit, suggested, share } = comparePrices(of, fit)
  const { rights, features, referenceId } = fit.reference
  const facts = [
    [say('compare.unitPrice'), unit && localPrice(unit, locale)],
    [say('compare.suggested'), suggested && localPrice(suggested, locale)],
    [
      say('case.offer'),
      share === null
        ? say('compare.noCompare')
        : say('compare.share', { share: localPercent(share, locale) }),
    ],
    [say('compare.rights'), rights],
  ] as const
  return (
    <>
      <dl className={styles['facts']}>
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {features.length > 0 && (
        <Features key={`${of.caseId} ${referenceId}`} {...{ of, features }} />
      )}
    </>
  )
}

function Features({ of, features }: { of: Case; features: readonly string[] }) {
  const { say } = useReading()
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const missing = features.filter((feature) => !seen.has(feature))
  const tick = (feature: string, isSeen: boolean) => {
    const others = [...seen].filter((each) => each !== feature)
    setSeen(new Set(isSeen ? [...others, feature] : others))
  }
  const write = () => {
    const { explanation } = draftOf(of.caseId)
    const said = say('compare.missing', { features: missing.join('; ') })
    changeDraft(of.caseId, { explanation: [explanation.trim(), said].filter(Boolean).join('\n') })
  }
  return (
    <fieldset className={styles['features']}>
      <legend>{say('compare.features')}</legend>
      {features.map((feature) => (
        <Checkbox
          key={feature}
          isSelected={seen.has(feature)}
          onChange={(isSeen) => tick(feature, isSeen)}
        >
          {feature}
        </Checkbox>
      ))}
      <div className={styles['line']}>
        <span className={styles['muted']}>
          {say('compare.seen', { seen: seen.size, all: features.length })}
        </span>
        {missing.length > 0 && isDecidable(of) && of.allowed.includes('decide') && (
          <Button onPress={write}>{say('compare.write')}</Button>
        )}
      </div>
    </fieldset>
  )
}
