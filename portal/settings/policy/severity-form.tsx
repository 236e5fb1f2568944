import { DAY_MS } from '../../../domain/brand/calendar.js'
import {
  DEFAULT_POLICY,
  type SeverityPolicy,
  type WindowPolicy,
} from '../../../domain/brand/policy.js'
import { SILENCE_POLICIES, type Severity, type SilencePolicy } from '../../../domain/vocabulary.js'
import { Button } from '../../design/button.js'
import { Checkbox, Select } from '../../design/fields.js'
import { Row, Stack } from '../../design/page.js'
import { useReading } from '../../words/words.js'
import { DurationField } from './duration-field.js'
import styles from './policy.module.css'

/** The silence policies that a severity may have; the API checks it by `policyProblems`. */
function silencesOf(severity: Severity): readonly SilencePolicy[] {
  if (severity === 'S1') return ['neverExpires']
  return severity === 'S2' ? ['neverExpires', 'platformDecides'] : SILENCE_POLICIES
}

const LEAD_WINDOW: WindowPolicy = DEFAULT_POLICY.severities.S3.lead ?? {
  ...{ windowMs: DAY_MS, time: 'working', remindersMs: [] },
}

/** The windows of one severity, and what follows if nobody answers in any of them. */
export function SeverityForm({
  severity,
  value,
  isMine,
  onChange,
}: {
  severity: Severity
  value: SeverityPolicy
  isMine: boolean
  onChange: (value: SeverityPolicy) => void
}) {
  const { say, vocabulary } = useReading()
  const { brand, accountManager, lead, silence } = value
  return (
    <fieldset disabled={!isMine}>
      <legend className="unseen">{vocabulary.severities[severity]}</legend>
      <div className={styles['windows']}>
        <WindowForm
          title={say('policy.ofBrand')}
          value={brand}
          onChange={(changed) => onChange({ ...value, brand: changed })}
        />
        <WindowForm
          title={say('policy.ofManager')}
          value={accountManager}
          onChange={(changed) => onChange({ ...value, accountManager: changed })}
        />
        <Stack>
          {lead && (
            <WindowForm
              title={say('policy.ofLead')}
              value={lead}
              onChange={(changed) => onChange({ ...value, lead: changed })}
            />
          )}
          <Checkbox
            isSelected={lead !== null}
            onChange={(isAsked) => onChange({ ...value, lead: isAsked ? LEAD_WINDOW : null })}
          >
            {say('policy.askLead')}
          </Checkbox>
        </Stack>
      </div>
      <Select
        label={say('policy.silence')}
        isLabelled
        value={silence}
        options={silencesOf(severity).map((each) => ({
          value: each,
          label: vocabulary.silencePolicies[each],
        }))}
        onChange={(chosen) => onChange({ ...value, silence: chosen })}
      />
    </fieldset>
  )
}

function WindowForm({
  title,
  value,
  onChange,
}: {
  title: string
  value: WindowPolicy
  onChange: (value: WindowPolicy) => void
}) {
  const { say, number } = useReading()
  const { windowMs, time, remindersMs } = value
  const setReminders = (reminders: number[]) => onChange({ ...value, remindersMs: reminders })
  return (
    <section className={styles['window']} aria-label={title}>
      <h3>{title}</h3>
      <Row>
        <DurationField
          label={say('policy.window')}
          valueMs={windowMs}
          onChange={(ms) => onChange({ ...value, windowMs: ms })}
        />
        <Select
          label={say('policy.time')}
          isLabelled
          value={time}
          options={(['working', 'clock'] as const).map((each) => ({
            value: each,
            label: say(`policy.${each}`),
          }))}
          onChange={(chosen) => onChange({ ...value, time: chosen })}
        />
      </Row>
      {remindersMs.map((ms, place) => (
        <Row key={place}>
          <DurationField
            label={say('policy.reminder', { n: number(place + 1) })}
            valueMs={ms}
            onChange={(changed) => setReminders(remindersMs.with(place, changed))}
          />
          <Button
            weight="quiet"
            onPress={() => setReminders(remindersMs.filter((_, other) => other !== place))}
          >
            {say('policy.noReminder')}
          </Button>
        </Row>
      ))}
      <Row>
        <Button
          onPress={() => {
            const last = remindersMs.at(-1) ?? 0
            setReminders([...remindersMs, Math.round((last + windowMs) / 2)])
          }}
        >
          {say('policy.addReminder')}
        </Button>
      </Row>
    </section>
  )
}
