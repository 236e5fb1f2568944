import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { casePath } from '../../client/paths.js'
import { noteAudiencesOf } from '../../domain/case/notes.js'
import type { NoteAudience } from '../../domain/vocabulary.js'
import type { PortalWord } from '../../wording/portal-words.js'
import { api, freshId } from '../data/api.js'
import { useSending } from '../data/sending.js'
import { useSession } from '../data/session.js'
import { Button } from '../design/button.js'
import { Select, TextField } from '../design/fields.js'
import { tell } from '../design/toasts.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'
import styles from './case-page.module.css'

const READERS: Record<NoteAudience, PortalWord> = {
  internal: 'case.noteForStaff',
  brand: 'case.noteForBrand',
  marketplace: 'record.noteForMarketplace',
}
const TOLD_MS = 6_000

/** Writes a note on the record, for whom the role may write one. */
export function AddNote({ caseId }: { caseId: string }) {
  const { say } = useReading()
  const audiences = noteAudiencesOf(useSession().membership.role)
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [audience, setAudience] = useState(audiences[0] ?? 'brand')
  const [key, setKey] = useState(freshId)
  const { isBusy, trouble, send } = useSending()

  async function add(): Promise<void> {
    const body = { text: text.trim(), audience }
    await api.request('POST', casePath(caseId, '/notes'), { body, idempotencyKey: key })
    setText('')
    setKey(freshId())
    tell({ tone: 'good', content: () => say('case.noteAdded') }, TOLD_MS)
    await client.invalidateQueries({ queryKey: ['case', caseId] })
  }

  return (
    <form
      className={styles['note']}
      onSubmit={(event) => {
        event.preventDefault()
        void send(add)
      }}
    >
      <TextField
        label={say('case.note')}
        value={text}
        rows={2}
        maxLength={4000}
        onChange={setText}
      />
      <TroubleLine trouble={trouble} />
      <div className={styles['acts']}>
        {audiences.length > 1 && (
          <Select
            label={say('case.noteFor')}
            value={audience}
            options={audiences.map((each) => ({ value: each, label: say(READERS[each]) }))}
            onChange={setAudience}
          />
        )}
        <Button type="submit" isDisabled={isBusy || text.trim() === ''}>
          {say('case.addNote')}
        </Button>
      </div>
    </form>
  )
}
