import { useState } from 'react'
import { referencePath } from '../../../client/paths.js'
import { REFERENCE_LIMITS } from '../../../domain/listing/references.js'
import { api } from '../../data/api.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { TextField } from '../../design/fields.js'
import { FileButton } from '../../design/file-button.js'
import { Aside, Row, Stack } from '../../design/page.js'
import { Picture } from '../../design/picture.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import type { Reference } from './reference.js'
import styles from './references.module.css'

const ACCEPTED = 'image/jpeg,image/png,image/gif,image/webp'
const MAX_MB = 8

/** The pictures of a genuine product: sent as files, fetched from an address, taken away. */
export function ReferencePictures({
  reference,
  onClose,
  onChanged,
}: {
  reference: Reference
  onClose: () => void
  onChanged: () => unknown
}) {
  const { say } = useReading()
  const [url, setUrl] = useState('')
  const [isTooLarge, setTooLarge] = useState(false)
  const { isBusy, trouble, send } = useSending()
  const { brandId, referenceId, name, pictures } = reference
  const path = `${referencePath(brandId, referenceId)}/pictures`
  const isFull = pictures.length >= REFERENCE_LIMITS.pictures

  function change(request: () => Promise<unknown>): Promise<boolean> {
    return send(async () => {
      await request()
      await onChanged()
    })
  }
  function upload(file: File): void {
    setTooLarge(file.size > MAX_MB * 1024 * 1024)
    if (file.size > MAX_MB * 1024 * 1024) return
    const form = new FormData()
    form.append('picture', file)
    void change(() => api.request('POST', path, { form }))
  }
  async function fetchIt(): Promise<void> {
    const isDone = await change(() =>
      api.request('POST', `${path}:fetch`, { body: { url: url.trim() } }),
    )
    if (isDone) setUrl('')
  }

  return (
    <Dialog title={say('references.picturesTitle', { name })} isOpen onClose={onClose}>
      <Stack>
        <p>{say('references.picturesText')}</p>
        {pictures.length > 0 && (
          <ul className={styles['pictures']}>
            {pictures.map(({ sha256 }, place) => (
              <li key={sha256} className={styles['shown']}>
                <span className={styles['frame']}>
                  <Picture
                    sha256={sha256}
                    text={say('references.picture', { number: place + 1 })}
                    size="frame"
                  />
                </span>
                <Button
                  weight="quiet"
                  isDisabled={isBusy}
                  aria-label={`${say('references.removePicture')}: ${place + 1}`}
                  onPress={() => void change(() => api.request('DELETE', `${path}/${sha256}`))}
                >
                  {say('references.removePicture')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        {isTooLarge && <p role="alert">{say('references.tooLarge', { size: MAX_MB })}</p>}
        <TroubleLine trouble={trouble} />
        {isFull ? (
          <Aside>{say('references.picturesFull', { most: REFERENCE_LIMITS.pictures })}</Aside>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (url.trim() !== '') void fetchIt()
            }}
          >
            <div className={styles['address']}>
              <TextField
                label={say('references.pictureAddress')}
                value={url}
                onChange={setUrl}
                maxLength={2000}
                autoComplete="off"
              />
              <Button type="submit" isDisabled={isBusy || url.trim() === ''}>
                {say('references.fetch')}
              </Button>
            </div>
          </form>
        )}
        <Row>
          {!isFull && (
            <FileButton accept={ACCEPTED} onChoose={upload}>
              {say('references.upload')}
            </FileButton>
          )}
          <Button weight="quiet" onPress={onClose}>
            {say('references.done')}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  )
}
