import { useState } from 'react'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { casePath } from '../../client/paths.js'
import type { Verification } from '../../contract/verification.js'
import { api } from '../data/api.js'
import { useSending } from '../data/sending.js'
import { Button } from '../design/button.js'
import { Moment } from '../design/time-left.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'
import styles from './case-page.module.css'

/** Has the server go through the record, and says what it found. */
export function Verifying({ caseId }: { caseId: string }) {
  const { say } = useReading()
  const { isBusy, trouble, send } = useSending()
  const [found, setFound] = useState<Verification | null>(null)
  const verify = () =>
    send(async () => setFound(await api.get<Verification>(casePath(caseId, '/verification'))))
  return (
    <section className={styles['part']}>
      <h2>{say('verify.title')}</h2>
      <p className={styles['muted']}>{say('verify.intro')}</p>
      <div role="status" className={styles['part']}>
        {found && <Found {...found} />}
      </div>
      <TroubleLine trouble={trouble} />
      <p className={styles['acts']}>
        <Button isDisabled={isBusy} onPress={() => void verify()}>
          {say(found ? 'verify.again' : 'verify.button')}
        </Button>
      </p>
    </section>
  )
}

function Found({ eventCount, headHash, finding, verifiedAt }: Verification) {
  const { say } = useReading()
  return (
    <>
      <p className={styles['verdict']} data-tone={finding ? 'alarm' : 'good'}>
        {finding ? (
          <ShieldAlert size={18} aria-hidden="true" />
        ) : (
          <ShieldCheck size={18} aria-hidden="true" />
        )}
        {finding ? say('verify.broken') : say('verify.whole', { count: eventCount })}
      </p>
      {finding && (
        <p>
          {say(finding.seq === null ? 'verify.row' : 'verify.entry', {
            seq: finding.seq ?? 0,
            problem: say(`verify.problem.${finding.problem}`),
          })}
          {finding.detail && <span className={styles['muted']}> ({finding.detail})</span>}
        </p>
      )}
      <p className={styles['muted']}>
        {say('verify.head')}: <code>{headHash}</code> · <Moment at={verifiedAt} />
      </p>
    </>
  )
}
