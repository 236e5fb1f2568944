import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { webhookPath } from '../../../client/paths.js'
import { api } from '../../data/api.js'
import { useReading } from '../../words/words.js'
import type { Endpoint } from './webhook.js'

const LOOKS_EVERY_MS = 1_500

/**
 * How far sending a span of time again is, looked at until it has ended, and what came of the last
 * one; nothing where there was none. `onMoved` hears of every step.
 */
export function Replay({ endpoint, onMoved }: { endpoint: Endpoint; onMoved: () => void }) {
  const { say, locale } = useReading()
  const { brandId, endpointId, replay: given } = endpoint
  const isRunning = given !== null && given.endedAt === null
  const { data } = useQuery({
    queryKey: ['webhookReplay', endpointId, given?.replayId],
    queryFn: () => api.get<Endpoint>(webhookPath(brandId, endpointId)),
    enabled: isRunning,
    refetchInterval: LOOKS_EVERY_MS,
  })
  const seen = data?.replay
  const replay = seen && seen.replayId === given?.replayId ? seen : given
  const isMoved = replay?.found !== given?.found || replay?.endedAt !== given?.endedAt
  useEffect(() => {
    if (isMoved) onMoved()
    // Once for each step: what is called is made anew with every drawing.
  }, [isMoved, replay?.found, replay?.endedAt])
  if (!replay) return null
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const [from, to] = [replay.from, replay.to].map((at) => moment.format(new Date(at)))
  const values = { from: from ?? '', to: to ?? '', found: replay.found }
  return (
    <p role="status">
      {say(replay.endedAt === null ? 'webhooks.replayRuns' : 'webhooks.replayEnded', values)}
    </p>
  )
}
