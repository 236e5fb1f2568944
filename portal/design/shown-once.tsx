import { useState } from 'react'
import { useReading } from '../words/words.js'
import { Button } from './button.js'
import { Dialog } from './dialog.js'
import { Row } from './page.js'
import styles from './shown-once.module.css'

/** Shows a secret the one time it can be seen. Closes only when somebody says that they have it. */
export function ShownOnce({
  title,
  text,
  secret,
  onClose,
}: {
  title: string
  text: string
  secret: string
  onClose: () => void
}) {
  const { say } = useReading()
  const [isCopied, setCopied] = useState(false)
  return (
    <Dialog title={title} isOpen isDismissable={false} onClose={onClose}>
      <p>{text}</p>
      <code className={styles['secret']}>{secret}</code>
      <Row>
        <Button
          onPress={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}
        >
          {say(isCopied ? 'apiKeys.copied' : 'apiKeys.copy')}
        </Button>
        <Button weight="main" onPress={onClose}>
          {say('apiKeys.done')}
        </Button>
      </Row>
    </Dialog>
  )
}
