import { useState } from 'react'
import { type Trouble, troubleOf } from './trouble.js'

/** Something that is sent at the press of a button, and what went wrong with it last. */
export interface Sending {
  isBusy: boolean
  trouble: Trouble | null
  /** Does it; true when it worked. One at a time: false at once while another is under way. */
  send: (act: () => Promise<unknown>) => Promise<boolean>
  /** Forgets what went wrong. */
  forget: () => void
}

/** Keeps what sending needs: whether it is under way, and its trouble. */
export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)

  async function send(act: () => Promise<unknown>): Promise<boolean> {
    if (isBusy) return false
    setBusy(true)
    setTrouble(null)
    try {
      await act()
      return true
    } catch (error) {
      setTrouble(troubleOf(error))
      return false
    } finally {
      setBusy(false)
    }
  }

  return { isBusy, trouble, send, forget: () => setTrouble(null) }
}
