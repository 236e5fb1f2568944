import { useState } from 'react'
import { referencePath } from '../../../client/paths.js'
import { api } from '../../data/api.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { TextField } from '../../design/fields.js'
import { NumberField } from '../../design/number-field.js'
import { Row, Stack } from '../../design/page.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import { isStale } from '../brand-editing.js'
import type { Reference } from './reference.js'
import {
  changesSince,
  draftOf,
  fieldsOf,
  lacksCurrency,
  LINES,
  type LinesField,
  type ReferenceDraft,
  troubleIn,
} from './reference-draft.js'
import styles from './references.module.css'

const FIELDS = Object.keys(LINES) as LinesField[]
const ROWS: Record<LinesField, number> = { skus: 2, words: 2, features: 4 }

/** What a genuine product is called, by what it is found, and what tells it from others. */
export function ReferenceDialog({
  brandId,
  reference,
  currency,
  onClose,
  onSaved,
  onStale,
}: {
  brandId: string
  /** As it is now; `null` for one to be added. */
  reference: Reference | null
  /** Of its price, as long as it has none. */
  currency: string
  onClose: () => void
  onSaved: (saved: Reference) => unknown
  /** Somebody else was first: `reference` becomes theirs, and what was written here stays. */
  onStale: () => unknown
}) {
  const { say } = useReading()
  const [written, setWritten] = useState<Partial<ReferenceDraft>>({})
  const { isBusy, trouble, send } = useSending()
  const before = draftOf(reference, currency)
  const draft = { ...before, ...written }
  const write = (changed: Partial<ReferenceDraft>) => setWritten({ ...written, ...changed })
  const changes = changesSince(before, draft)
  const isReady =
    draft.name.trim() !== '' &&
    !lacksCurrency(draft) &&
    FIELDS.every((field) => troubleIn(field, draft[field]) === null) &&
    (reference === null || Object.keys(changes).length > 0)

  function errorOf(field: LinesField): string | undefined {
    const wrong = troubleIn(field, draft[field])
    return wrong === null ? undefined : say(`references.${wrong}`, LINES[field])
  }
  function save(): void {
    void send(async () => {
      try {
        const { body } = await (reference
          ? api.request<Reference>('PATCH', referencePath(brandId, reference.referenceId), {
              ...{ body: changes, ifMatch: `"${reference.rev}"` },
            })
          : api.request<Reference>('POST', referencePath(brandId), {
              ...{ body: fieldsOf(draft), once: true },
            }))
        await onSaved(body)
      } catch (refused) {
        if (isStale(refused)) await onStale()
        throw refused
      }
    })
  }

  return (
    <Dialog
      title={say(reference ? 'references.changeTitle' : 'references.add', {
        name: reference?.name ?? '',
      })}
      isOpen
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) save()
        }}
      >
        <Stack>
          <TextField
            label={say('references.name')}
            value={draft.name}
            onChange={(name) => write({ name })}
            maxLength={200}
            autoComplete="off"
          />
          {FIELDS.map((field) => (
            <TextField
              key={field}
              label={say(`references.${field}`)}
              hint={say(`references.${field}Hint`)}
              value={draft[field]}
              onChange={(lines) => write({ [field]: lines })}
              error={errorOf(field)}
              rows={ROWS[field]}
            />
          ))}
          <div className={styles['price']}>
            <NumberField
              label={say('references.price')}
              value={draft.amount}
              onChange={(amount) => write({ amount })}
              onClear={() => write({ amount: null })}
            />
            <TextField
              label={say('references.currency')}
              value={draft.currency}
              onChange={(code) => write({ currency: code })}
              error={lacksCurrency(draft) ? say('references.currencyHint') : undefined}
              maxLength={3}
              autoComplete="off"
            />
          </div>
          <TextField
            label={say('references.rights')}
            hint={say('references.rightsHint')}
            value={draft.rights}
            onChange={(rights) => write({ rights })}
            maxLength={2000}
            rows={2}
          />
          <TroubleLine trouble={trouble} />
          <Row>
            <Button type="submit" weight="main" isDisabled={isBusy || !isReady}>
              {say(reference ? 'form.save' : 'references.add')}
            </Button>
            <Button weight="quiet" onPress={onClose}>
              {say('form.cancel')}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}
