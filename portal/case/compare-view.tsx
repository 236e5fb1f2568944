import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Columns2, Layers, Minus, Plus, RefreshCcw, StepForward } from 'lucide-react'
import { useState } from 'react'
import type { Case } from '../../contract/case.js'
import type { FittingReference } from '../../contract/reference.js'
import { fittingReferencesQuery } from '../data/references.js'
import { Button } from '../design/button.js'
import { Select } from '../design/fields.js'
import { Picture } from '../design/picture.js'
import { Range } from '../design/range.js'
import { useShortcuts } from '../keyboard/use-shortcuts.js'
import type { PortalWord } from '../../wording/portal-words.js'
import { useReading } from '../words/words.js'
import { CompareFacts } from './compare-facts.js'
import { useZoomTogether } from './zoom-together.js'
import styles from './compare.module.css'

const WHY: Record<FittingReference['by'], PortalWord> = {
  sku: 'compare.bySku',
  words: 'compare.byWords',
  picture: 'compare.byPicture',
}
const HALF = 50
const ICON = { size: 16, 'aria-hidden': true } as const

/** The pictures of a listing, beside or over those of the genuine product that fits it, and what else tells them apart. */
export function CompareView({ of, heading: Heading }: { of: Case; heading: 'h2' | 'h3' }) {
  const { say } = useReading()
  const { data: fits = [], isSuccess } = useQuery(fittingReferencesQuery(of.caseId))
  const [chosen, setChosen] = useState<string | null>(null)
  const fit = fits.find(({ reference }) => reference.referenceId === chosen) ?? fits[0] ?? null
  return (
    <section className={styles['compare']}>
      <Heading className={fit ? undefined : 'unseen'}>{say('compare.title')}</Heading>
      {fit && (
        <div className={styles['line']}>
          {fits.length > 1 && (
            <Select
              label={say('compare.which')}
              value={fit.reference.referenceId}
              options={fits.map(({ reference: { referenceId, name } }) => ({
                value: referenceId,
                label: name,
              }))}
              onChange={setChosen}
            />
          )}
          <span className={styles['muted']}>
            {say(WHY[fit.by])}
            {fit.distance !== null && <> · {say('compare.alike', { bits: fit.distance })}</>}
          </span>
        </div>
      )}
      <Pictures key={fit?.reference.referenceId ?? ''} of={of} fit={fit} />
      {fit && <CompareFacts of={of} fit={fit} />}
      {isSuccess && !fit && (
        <p className={styles['muted']}>
          {say('compare.none')}{' '}
          <Link to="/settings" search={{ brand: of.brandId }}>
            {say('compare.addOne')}
          </Link>
        </p>
      )}
    </section>
  )
}

function Pictures({ of, fit }: { of: Case; fit: FittingReference | null }) {
  const { say, answer } = useReading()
  const zoom = useZoomTogether()
  const [isOver, setOver] = useState(false)
  const [shown, setShown] = useState(HALF)
  const [own, setOwn] = useState(0)
  const [genuine, setGenuine] = useState(0)
  const listed = (of.shown ?? of.listing)?.pictures ?? []
  const known = fit?.reference.pictures ?? []
  const isPaired = listed.length > 0 && known.length > 0
  const next = () => setOwn((before) => (before + 1) % Math.max(1, listed.length))
  useShortcuts({
    zoom: zoom.toggle,
    nextPicture: next,
    ...(isPaired ? { compare: () => setOver((before) => !before) } : {}),
  })
  const listedPicture = (
    <Picture
      sha256={listed[own]?.sha256 ?? null}
      text={listed.length === 0 ? say('picture.none') : say('compare.picture', { number: own + 1 })}
      size="frame"
    />
  )
  const genuinePicture = (
    <Picture
      sha256={known[genuine]?.sha256 ?? null}
      text={
        known.length === 0
          ? say('compare.noPicture')
          : say('compare.genuinePicture', { number: genuine + 1 })
      }
      size="frame"
    />
  )
  const frame = {
    className: styles['frame'],
    role: 'group',
    tabIndex: 0,
    'aria-label': say('compare.frame'),
    onDoubleClick: zoom.toggle,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (zoom.move(event.key)) event.preventDefault()
    },
  }
  return (
    <>
      {isOver && isPaired ? (
        <figure className={styles['over']}>
          <div {...frame}>
            <div ref={zoom.attach} className={styles['layers']}>
              {genuinePicture}
              <div style={{ clipPath: `inset(0 ${100 - shown}% 0 0)` }}>{listedPicture}</div>
            </div>
            <span className={styles['edge']} style={{ left: `${shown}%` }} aria-hidden="true" />
          </div>
          <Range label={say('compare.divide')} value={shown} onChange={setShown} />
          <figcaption className={styles['captions']}>
            <span>{say('compare.listing')}</span>
            <span>{say('compare.genuine', { name: fit?.reference.name ?? '' })}</span>
          </figcaption>
        </figure>
      ) : (
        <div className={styles['pair']} data-paired={fit !== null}>
          <figure>
            <div {...frame}>
              <div ref={zoom.attach} className={styles['layers']}>
                {listedPicture}
              </div>
            </div>
            <figcaption>
              {fit ? say('compare.listing') : answer.picture(String(own + 1))}
            </figcaption>
          </figure>
          {fit && (
            <figure>
              <div {...frame}>
                <div ref={zoom.attach} className={styles['layers']}>
                  {genuinePicture}
                </div>
              </div>
              <figcaption>{say('compare.genuine', { name: fit.reference.name })}</figcaption>
            </figure>
          )}
        </div>
      )}
      <div className={styles['acts']}>
        <Button weight="quiet" aria-label={say('compare.zoomIn')} onPress={zoom.zoomIn}>
          <Plus {...ICON} />
        </Button>
        <Button weight="quiet" aria-label={say('compare.zoomOut')} onPress={zoom.zoomOut}>
          <Minus {...ICON} />
        </Button>
        <Button weight="quiet" aria-label={say('compare.whole')} onPress={zoom.reset}>
          <RefreshCcw {...ICON} />
        </Button>
        {isPaired && (
          <Button weight="quiet" onPress={() => setOver(!isOver)}>
            {isOver ? <Columns2 {...ICON} /> : <Layers {...ICON} />}
            {say(isOver ? 'compare.beside' : 'compare.over')}
          </Button>
        )}
        {listed.length > 1 && (
          <Button weight="quiet" onPress={next}>
            <StepForward {...ICON} /> {say('compare.next')} ({own + 1}/{listed.length})
          </Button>
        )}
        {known.length > 1 && (
          <Button weight="quiet" onPress={() => setGenuine((genuine + 1) % known.length)}>
            <StepForward {...ICON} /> {say('compare.nextGenuine')} ({genuine + 1}/{known.length})
          </Button>
        )}
      </div>
    </>
  )
}
