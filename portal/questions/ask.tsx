import { useQuery } from '@tanstack/react-query'
import { MessageCircleQuestion } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { brandManagerQuery } from '../data/questions.js'
import { useSession } from '../data/session.js'
import { Button } from '../design/button.js'
import { useReading } from '../words/words.js'
import styles from './questions.module.css'

const AskDialog = lazy(async () => ({ default: (await import('./ask-dialog.js')).AskDialog }))

/** On every screen of a brand: who looks after it, and a way to ask them. Nothing for staff. */
export function AskManager() {
  const { say } = useReading()
  const { membership, isBrand } = useSession()
  const [isOpen, setOpen] = useState(false)
  const [brand] = membership.brands === '*' ? [] : membership.brands
  const { data: manager } = useQuery({
    ...brandManagerQuery(brand?.brandId ?? ''),
    enabled: isBrand && brand !== undefined,
  })
  if (!isBrand || !brand) return null
  const name = manager?.name ?? null
  return (
    <>
      <Button
        weight="quiet"
        aria-label={name ? say('ask.askName', { name }) : say('ask.ask')}
        onPress={() => setOpen(true)}
      >
        <MessageCircleQuestion size={18} aria-hidden="true" />
        <span className={styles['manager']}>{name ?? say('ask.ask')}</span>
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <AskDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
