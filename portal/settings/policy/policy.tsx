import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { brandPath } from '../../../client/paths.js'
import { type BrandPolicy, policyProblems } from '../../../domain/brand/policy.js'
import { SEVERITIES, type Severity } from '../../../domain/vocabulary.js'
import { api } from '../../data/api.js'
import { useSending } from '../../data/sending.js'
import { troubleOf } from '../../data/trouble.js'
import { Button } from '../../design/button.js'
import { Select } from '../../design/fields.js'
import { Row, Sheet } from '../../design/page.js'
import { Failed, Loading } from '../../design/states.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import { BrandPage } from '../brand-choice.js'
import { isStale } from '../brand-editing.js'
import { tellSaved } from '../saved.js'
import { OtherTimes } from './other-times.js'
import { type PolicyVersion, policyQuery, versionsQuery } from './policy-query.js'
import { PolicyReplay } from './policy-replay.js'
import { SeverityForm } from './severity-form.js'
import { SilenceTimeline } from './silence-timeline.js'
import { Versions } from './versions.js'

/** Who is asked for how long, what silence leads to, and what that means: drawn, and tried. */
export function Policy() {
  const { say } = useReading()
  return (
    <BrandPage title={say('policy.title')} intro={say('policy.intro')}>
      {({ brandId, isMine }) => <PolicyOf key={brandId} brandId={brandId} isMine={isMine} />}
    </BrandPage>
  )
}

function PolicyOf({ brandId, isMine }: { brandId: string; isMine: boolean }) {
  const { say } = useReading()
  const client = useQueryClient()
  const { data, error, isError, refetch } = useQuery(policyQuery(brandId))
  // It stays what it was when it was read until it is saved; where somebody else was first, theirs.
  const [base, setBase] = useState<PolicyVersion | null>(null)
  const { isBusy, trouble, send } = useSending()
  useEffect(() => {
    if (base === null && data) setBase(data)
  }, [base, data])

  async function save(policy: BrandPolicy): Promise<void> {
    if (!base) return
    const isSaved = await send(async () => {
      try {
        const options = { body: policy, ifMatch: `"${base.version}"` }
        const path = brandPath(brandId, '/policy')
        const { body } = await api.request<PolicyVersion>('PUT', path, options)
        client.setQueryData(policyQuery(brandId).queryKey, body)
        setBase(body)
        await client.invalidateQueries(versionsQuery(brandId))
      } catch (refused) {
        if (isStale(refused)) setBase((await refetch()).data ?? null)
        throw refused
      }
    })
    if (isSaved) tellSaved(say('form.saved'))
  }

  if (!base) {
    return isError ? (
      <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
    ) : (
      <Loading lines={12} />
    )
  }
  return (
    <>
      <TroubleLine trouble={trouble} />
      <PolicyForm
        key={base.version}
        brandId={brandId}
        saved={base.policy}
        isMine={isMine}
        isBusy={isBusy}
        onSave={(policy) => void save(policy)}
      />
      <Versions brandId={brandId} />
    </>
  )
}

function PolicyForm({
  brandId,
  saved,
  isMine,
  isBusy,
  onSave,
}: {
  brandId: string
  saved: BrandPolicy
  isMine: boolean
  isBusy: boolean
  onSave: (policy: BrandPolicy) => void
}) {
  const { say, vocabulary } = useReading()
  const [policy, setPolicy] = useState(saved)
  const [severity, setSeverity] = useState<Severity>('S2')
  const problems = policyProblems(policy, 0)
  const isChanged = policy !== saved
  return (
    <>
      <Sheet
        title={say('policy.windows')}
        actions={
          <Select
            label={say('policy.severity')}
            value={severity}
            options={SEVERITIES.map((each) => ({
              value: each,
              label: `${each} · ${vocabulary.severities[each]}`,
            }))}
            onChange={setSeverity}
          />
        }
      >
        <SeverityForm
          key={severity}
          severity={severity}
          value={policy.severities[severity]}
          isMine={isMine}
          onChange={(changed) =>
            setPolicy({ ...policy, severities: { ...policy.severities, [severity]: changed } })
          }
        />
        {problems.length === 0 && (
          <SilenceTimeline brandId={brandId} policy={policy} severity={severity} />
        )}
      </Sheet>
      <OtherTimes policy={policy} isMine={isMine} onChange={setPolicy} />
      <PolicyReplay brandId={brandId} policy={policy} isReady={problems.length === 0} />
      {isMine && (
        <Sheet>
          {problems.length > 0 && (
            <div role="alert">
              <p>{say('policy.wrong')}</p>
              <ul>
                {problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            </div>
          )}
          <Row>
            <Button
              weight="main"
              isDisabled={isBusy || !isChanged || problems.length > 0}
              onPress={() => onSave(policy)}
            >
              {say('policy.save')}
            </Button>
            {isChanged && (
              <Button weight="quiet" onPress={() => setPolicy(saved)}>
                {say('form.cancel')}
              </Button>
            )}
          </Row>
          <p>{say('policy.forNewCases')}</p>
        </Sheet>
      )}
    </>
  )
}
