import { useEffect, useState } from 'react'
import type { Static } from 'typebox'
import { brandPath } from '../../../client/paths.js'
import type { PolicyReplaySchema } from '../../../contract/policy-replay.js'
import type { BrandPolicy } from '../../../domain/brand/policy.js'
import { FATES } from '../../../domain/case/replaying.js'
import { api } from '../../data/api.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Sheet } from '../../design/page.js'
import { Empty } from '../../design/states.js'
import { Table } from '../../design/table.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'

type Replay = Static<typeof PolicyReplaySchema>

/** What the policy as it stands here would have made of the cases that closed lately. */
export function PolicyReplay({
  brandId,
  policy,
  isReady,
}: {
  brandId: string
  policy: BrandPolicy
  isReady: boolean
}) {
  const { say, number } = useReading()
  const [of, setOf] = useState<Replay | null>(null)
  const { isBusy, trouble, send } = useSending()
  // It was of another one.
  useEffect(() => setOf(null), [policy])
  const play = () =>
    send(async () => setOf(await api.post<Replay>(brandPath(brandId, '/policy:replay'), policy)))
  return (
    <Sheet
      title={say('policy.replay')}
      intro={say('policy.replayText')}
      actions={
        <Button isDisabled={isBusy || !isReady} onPress={() => void play()}>
          {say('policy.replayStart')}
        </Button>
      }
    >
      <TroubleLine trouble={trouble} />
      {of?.judged === 0 && <Empty title={say('policy.replayNone')} />}
      {of && of.judged > 0 && (
        <>
          <p role="status">
            <strong>
              {say('policy.replayDifferent', { different: of.different, judged: of.judged })}
            </strong>{' '}
            {of.isCapped && say('policy.replayCapped', { closed: number(of.closed) })}
          </p>
          <Table
            label={say('policy.replay')}
            rows={FATES}
            keyOf={(fate) => fate}
            columns={[
              {
                id: 'fate',
                title: say('policy.fate'),
                isHead: true,
                cell: (fate) => say(`policy.fate.${fate}`),
              },
              {
                id: 'before',
                title: say('policy.before'),
                isNumber: true,
                cell: (fate) => number(of.before[fate]),
              },
              {
                id: 'after',
                title: say('policy.after'),
                isNumber: true,
                cell: (fate) => number(of.after[fate]),
              },
            ]}
          />
        </>
      )}
    </Sheet>
  )
}
