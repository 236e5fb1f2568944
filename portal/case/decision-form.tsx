import { useRef } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { statementFor } from '../../wording/statements.js'
import type { Role } from '../../domain/vocabulary.js'
import { isBrandRole } from '../../domain/vocabulary.js'
import { Button } from '../design/button.js'
import { Checkbox, TextField } from '../design/fields.js'
import { useReading } from '../words/words.js'
import { type Draft, type Lack, needsStatement } from './draft.js'
import { type Consequence, verdictGroups, verdictKeys } from './verdicts.js'
import styles from './decision-form.module.css'

/** The answer as it is being given: verdicts by what they lead to, and what each of them needs. */
export function DecisionForm({
  role,
  draft,
  lacks,
  isBusy,
  sendLabel,
  explanationRef,
  onChange,
  onSend,
}: {
  role: Role
  draft: Draft
  /** What to ask for, because somebody tried to send without it. */
  lacks: readonly Lack[]
  isBusy: boolean
  sendLabel: string
  explanationRef?: React.RefObject<HTMLTextAreaElement | null>
  onChange: (change: Partial<Draft>) => void
  onSend: () => void
}) {
  const { say, answer, vocabulary, locale } = useReading()
  const ownRef = useRef<HTMLTextAreaElement>(null)
  const keys = verdictKeys(role)
  const { verdict } = draft
  const isBrand = isBrandRole(role)
  return (
    <form
      className={styles['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
    >
      <RadioGroup
        className={styles['verdicts']}
        value={verdict}
        isInvalid={lacks.includes('verdict')}
        onChange={(chosen) => {
          const known = [...keys.keys()].find((each) => each === chosen)
          if (known) onChange({ verdict: known })
        }}
      >
        <Label className="unseen">{answer.chooseLegend}</Label>
        {verdictGroups(role).map(({ consequence, verdicts }) => (
          <div key={consequence} className={styles['group']} data-consequence={consequence}>
            <h3 className={styles['consequence']}>{answer[consequence satisfies Consequence]}</h3>
            {verdicts.map((each) => (
              <Radio key={each} value={each} className={styles['verdict']}>
                <span className={styles['dot']} aria-hidden="true" />
                <span>{vocabulary.verdicts[each].label}</span>
                <kbd aria-hidden="true">{keys.get(each)}</kbd>
              </Radio>
            ))}
          </div>
        ))}
      </RadioGroup>
      {lacks.includes('verdict') && (
        <p className={styles['error']}>{answer.errors.verdictMissing}</p>
      )}
      {verdict && <p className={styles['hint']}>{vocabulary.verdicts[verdict].hint}</p>}
      {verdict === 'needInfo' && (
        <TextField
          label={answer.questionField}
          hint={answer.questionHint}
          value={draft.question}
          rows={3}
          maxLength={2000}
          error={lacks.includes('question') ? answer.errors.questionMissing : undefined}
          onChange={(question) => onChange({ question })}
        />
      )}
      {verdict === 'authorisedSeller' && (
        <Checkbox
          isSelected={draft.isRemembered}
          onChange={(isRemembered) => onChange({ isRemembered })}
        >
          {say('decision.remember')}
        </Checkbox>
      )}
      <TextField
        label={answer.explanation}
        hint={answer.explanationHint}
        value={draft.explanation}
        rows={2}
        maxLength={4000}
        inputRef={explanationRef ?? ownRef}
        onChange={(explanation) => onChange({ explanation })}
      />
      {!isBrand && (
        <TextField
          label={answer.proof}
          hint={answer.proofHint}
          value={draft.proof}
          rows={2}
          maxLength={2000}
          onChange={(proof) => onChange({ proof })}
        />
      )}
      {needsStatement(verdict, role) && (
        <Checkbox
          isSelected={draft.isStated}
          error={lacks.includes('statement') ? answer.errors.attestationMissing : undefined}
          onChange={(isStated) => onChange({ isStated })}
        >
          {statementFor(locale)}
        </Checkbox>
      )}
      <div className={styles['send']}>
        <Button type="submit" weight="main" isDisabled={isBusy}>
          {sendLabel}
        </Button>
        <span className={styles['hint']}>{answer.submitNote}</span>
      </div>
    </form>
  )
}
