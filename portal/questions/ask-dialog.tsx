import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { caseQuery } from '../data/cases.js'
import { api, freshId } from '../data/api.js'
import { brandManagerQuery } from '../data/questions.js'
import { useSending } from '../data/sending.js'
import { useSession } from '../data/session.js'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { Checkbox, Labelled, Select, TextField } from '../design/fields.js'
import { Aside, Row, Stack } from '../design/page.js'
import { Moment } from '../design/time-left.js'
import { tell } from '../design/toasts.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'
import { oneLine } from '../../notifications/plain-text.js'

const TOLD_MS = 8_000
const TITLE_MAX = 120
const MAX_LENGTH = 4_000

/** The case that is open on the screen, if one is. */
function useOpenCase(): string | null {
  return useRouterState({
    select: ({ location: { pathname, search } }) => {
      const [, inPath] = /^\/cases\/([^/]+)$/.exec(pathname) ?? []
      if (inPath !== undefined) return decodeURIComponent(inPath)
      const open = (search as { case?: unknown }).case
      return pathname === '/' && typeof open === 'string' ? open : null
    },
  })
}

/** A question to the account manager, about the open case where there is one. */
export function AskDialog({ onClose }: { onClose: () => void }) {
  const { say } = useReading()
  const { membership } = useSession()
  const client = useQueryClient()
  const { isBusy, trouble, send } = useSending()
  const brands = membership.brands === '*' ? [] : membership.brands
  const caseId = useOpenCase()
  const { data: openCase } = useQuery({ ...caseQuery(caseId ?? ''), enabled: caseId !== null })
  const [brandId, setBrandId] = useState(brands[0]?.brandId ?? '')
  const [isAboutCase, setAboutCase] = useState(true)
  const [text, setText] = useState('')
  const [key] = useState(freshId)
  const about = isAboutCase ? openCase : undefined
  const asking = about?.brandId ?? brandId
  const { data: manager } = useQuery(brandManagerQuery(asking))

  async function ask(): Promise<void> {
    const body = { text: text.trim(), ...(about ? { caseId: about.caseId } : { brandId }) }
    await api.request('POST', '/questions', { body, idempotencyKey: key })
    tell({ tone: 'good', content: () => say('ask.sent') }, TOLD_MS)
    await client.invalidateQueries({ queryKey: ['questions'] })
  }

  return (
    <Dialog title={say('ask.ask')} isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void send(ask).then((isDone) => isDone && onClose())
        }}
      >
        <Stack>
          <p>
            {manager?.name ? say('ask.who', { name: manager.name }) : say('ask.nobody')}
            {manager?.coversFor && manager.until && (
              <>
                {' '}
                {say('ask.covers', { name: manager.coversFor })} <Moment at={manager.until} />
              </>
            )}
            <br />
            <Aside>{say('ask.clock')}</Aside>
          </p>
          {brands.length > 1 && !about && (
            <Labelled label={say('form.brand')}>
              <Select
                label={say('form.brand')}
                value={brandId}
                options={brands.map((one) => ({ value: one.brandId, label: one.name }))}
                onChange={setBrandId}
              />
            </Labelled>
          )}
          {openCase && (
            <Checkbox isSelected={isAboutCase} onChange={setAboutCase}>
              {say('ask.aboutCase', { title: oneLine(openCase.title, TITLE_MAX) })}
            </Checkbox>
          )}
          <TextField
            label={say('ask.text')}
            value={text}
            rows={4}
            maxLength={MAX_LENGTH}
            onChange={setText}
          />
          <TroubleLine trouble={trouble} />
          <Row>
            <Button type="submit" weight="main" isDisabled={isBusy || text.trim() === ''}>
              {say('ask.send')}
            </Button>
            <Button weight="quiet" onPress={onClose}>
              {say('form.cancel')}
            </Button>
            <Link to="/questions" onClick={onClose}>
              {say('ask.earlier')}
            </Link>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}
