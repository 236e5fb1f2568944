import type { ReactNode } from 'react'
import { useSending } from '../data/sending.js'
import { useReading } from '../words/words.js'
import { Button } from './button.js'
import { Dialog } from './dialog.js'
import { Row } from './page.js'
import { TroubleLine } from './trouble-line.js'

/** Asks before something is done that cannot be undone by pressing again; stays open while it fails. */
export function Confirm({
  title,
  children,
  act,
  onConfirm,
  onClose,
  isReady = true,
}: {
  title: string
  children: ReactNode
  /** What the button says that does it. */
  act: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
  /** Whether everything that is asked for is there. */
  isReady?: boolean
}) {
  const { say } = useReading()
  const { isBusy, trouble, send } = useSending()
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {children}
      <TroubleLine trouble={trouble} />
      <Row>
        <Button
          weight="alarm"
          isDisabled={isBusy || !isReady}
          onPress={() => void send(onConfirm).then((isDone) => isDone && onClose())}
        >
          {act}
        </Button>
        <Button weight="quiet" onPress={onClose}>
          {say('form.cancel')}
        </Button>
      </Row>
    </Dialog>
  )
}
