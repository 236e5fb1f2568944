import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { fullMoment } from '../../../notifications/local-format.js'
import { type Calendar, workingIntervals } from '../../../domain/brand/calendar.js'
import { type BrandPolicy, RULES_VERSION } from '../../../domain/brand/policy.js'
import type { WindowCalendars } from '../../../domain/brand/window-calendars.js'
import type { WorkingIntervals } from '../../../domain/brand/working-intervals.js'
import { type SilentStep, silentRun } from '../../../domain/case/waiting/silent-run.js'
import type { Severity } from '../../../domain/vocabulary.js'
import { troubleOf } from '../../data/trouble.js'
import { Failed, Loading } from '../../design/states.js'
import { useReading } from '../../words/words.js'
import { publicDaysQuery } from '../calendar/public-days.js'
import styles from './policy.module.css'
import { windowCalendarsQuery } from './policy-query.js'
import { layoutOf, type TimelineLayout } from './timeline-layout.js'

/**
 * What happens by itself to a case that is asked about now and that nobody answers, drawn and told:
 * by the rules that cases follow, each window in the working days of whoever is asked in it.
 */
export function SilenceTimeline({
  brandId,
  policy,
  severity,
}: {
  brandId: string
  policy: BrandPolicy
  severity: Severity
}) {
  const { data: calendars, error, isError, refetch } = useQuery(windowCalendarsQuery(brandId))
  if (isError) return <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
  if (!calendars) return <Loading lines={3} />
  return <Drawn calendars={calendars} policy={policy} severity={severity} />
}

function Drawn({
  calendars,
  policy,
  severity,
}: {
  calendars: WindowCalendars
  policy: BrandPolicy
  severity: Severity
}) {
  const { say, locale } = useReading()
  const [nowMs] = useState(() => Date.now())
  const workingTime = {
    brand: useWorking(calendars.brand, nowMs),
    accountManager: useWorking(calendars.accountManager, nowMs),
    lead: useWorking(calendars.lead, nowMs),
  }
  const { timeZone } = calendars.brand
  const snapshot = { ...policy, rulesVersion: RULES_VERSION, policyVersion: 0, workingTime }
  const steps = silentRun(snapshot, severity, nowMs)
  return (
    <figure className={styles['silence']}>
      <figcaption>{say('policy.ifSilent', { zone: timeZone })}</figcaption>
      <Line of={layoutOf(steps, workingTime)} label={say('policy.drawn')} />
      <ol className={styles['steps']}>
        {steps.map((step, place) => (
          <li key={place} data-kind={step.kind}>
            <time dateTime={new Date(step.at).toISOString()}>
              {fullMoment(new Date(step.at).toISOString(), timeZone, locale)}
            </time>
            <Told step={step} />
          </li>
        ))}
      </ol>
    </figure>
  )
}

/** When somebody with that calendar works, from `nowMs` on; without its country's days until they are read. */
function useWorking(calendar: Calendar, nowMs: number): WorkingIntervals {
  const { country } = calendar
  const { data } = useQuery({ ...publicDaysQuery(country), enabled: country !== undefined })
  const days = data?.days ?? undefined
  return useMemo(() => workingIntervals(calendar, nowMs, days), [calendar, nowMs, days])
}

function Told({ step }: { step: SilentStep }) {
  const { say } = useReading()
  if (!('owner' in step)) return <strong>{say(`policy.step.${step.kind}`)}</strong>
  return <span>{say(`policy.step.${step.kind}.${step.owner}`)}</span>
}

const WIDTH = 1000
const LEFT = 16
const LENGTH = WIDTH - 2 * LEFT

/** Whose turn it is as bands, times nobody works in grey, each step a numbered point. */
function Line({ of: { points, turns, rests }, label }: { of: TimelineLayout; label: string }) {
  const x = (part: number) => LEFT + part * LENGTH
  return (
    <svg viewBox={`0 0 ${WIDTH} 76`} className={styles['line']} role="img" aria-label={label}>
      {turns.map(({ owner, from, to }) => (
        <rect
          key={owner}
          className={styles[owner]}
          x={x(from)}
          y={30}
          width={Math.max(1, x(to) - x(from))}
          height={20}
        />
      ))}
      {rests.map(({ from, to }) => (
        <rect
          key={from}
          className={styles['rest']}
          x={x(from)}
          y={22}
          width={x(to) - x(from)}
          height={36}
        />
      ))}
      {points.map(({ at, step }, place) => (
        <g key={place} className={styles[step.kind]}>
          <line x1={x(at)} x2={x(at)} y1={18} y2={58} />
          <circle cx={x(at)} cy={40} r={step.kind === 'reminded' ? 6 : 11} />
          {step.kind !== 'reminded' && (
            <text x={x(at)} y={44.5} textAnchor="middle">
              {place + 1}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
