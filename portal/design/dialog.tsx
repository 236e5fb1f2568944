import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import styles from './dialog.module.css'

/** A dialog over everything else; closes by Escape and by a press outside, unless it must be answered. */
export function Dialog({
  title,
  isOpen,
  onClose,
  isDismissable = true,
  children,
}: {
  title: string
  isOpen: boolean
  onClose: () => void
  isDismissable?: boolean
  children: ReactNode
}) {
  return (
    <ModalOverlay
      className={styles['overlay']}
      isOpen={isOpen}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className={styles['modal']}>
        <AriaDialog className={styles['dialog']}>
          <Heading slot="title" level={2} className={styles['title']}>
            {title}
          </Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
