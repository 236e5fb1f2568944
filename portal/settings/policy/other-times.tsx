import {
  type BrandPolicy,
  DEFAULT_LONGEST_EXTENSION_MS,
  DEFAULT_STAFF_EXTENSION_MS,
} from '../../../domain/brand/policy.js'
import { Sheet } from '../../design/page.js'
import { useReading } from '../../words/words.js'
import { DurationField } from './duration-field.js'
import styles from './policy.module.css'

/** How long answers can be undone, and how far deadlines can be moved. */
export function OtherTimes({
  policy,
  isMine,
  onChange,
}: {
  policy: BrandPolicy
  isMine: boolean
  onChange: (policy: BrandPolicy) => void
}) {
  const { say } = useReading()
  const { coolingOffMs, extensionMs } = policy
  const { staffExtensionMs = DEFAULT_STAFF_EXTENSION_MS } = policy
  const { longestExtensionMs = DEFAULT_LONGEST_EXTENSION_MS } = policy
  const cooling = (changed: Partial<BrandPolicy['coolingOffMs']>) =>
    onChange({ ...policy, coolingOffMs: { ...coolingOffMs, ...changed } })
  return (
    <Sheet title={say('policy.others')}>
      <fieldset disabled={!isMine}>
        <legend className="unseen">{say('policy.others')}</legend>
        <div className={styles['others']}>
          <DurationField
            label={say('policy.coolingSingle')}
            valueMs={coolingOffMs.single}
            onChange={(single) => cooling({ single })}
          />
          <DurationField
            label={say('policy.coolingBulk')}
            valueMs={coolingOffMs.bulk}
            onChange={(bulk) => cooling({ bulk })}
          />
          <DurationField
            label={say('policy.extension')}
            valueMs={extensionMs}
            onChange={(changed) => onChange({ ...policy, extensionMs: changed })}
          />
          <DurationField
            label={say('policy.staffExtension')}
            valueMs={staffExtensionMs}
            onChange={(changed) => onChange({ ...policy, staffExtensionMs: changed })}
          />
          <DurationField
            label={say('policy.longestExtension')}
            valueMs={longestExtensionMs}
            onChange={(changed) => onChange({ ...policy, longestExtensionMs: changed })}
          />
          <DurationField
            label={say('policy.attention')}
            valueMs={policy.attentionReminderMs}
            onChange={(changed) => onChange({ ...policy, attentionReminderMs: changed })}
          />
        </div>
      </fieldset>
    </Sheet>
  )
}
