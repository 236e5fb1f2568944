import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { Button } from './button.js'
import styles from './menu-button.module.css'

/** One thing that can be chosen; `aside` says more of it, smaller. */
export interface Choice {
  id: string
  label: string
  aside?: string
}

/** A button that opens a few things to do or to go to. */
export function MenuButton({
  label,
  children,
  choices,
  onChoose,
}: {
  /** What it is read out as. */
  label: string
  children: ReactNode
  choices: readonly Choice[]
  onChoose: (id: string) => void
}) {
  return (
    <MenuTrigger>
      <Button weight="quiet" aria-label={label}>
        {children}
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      <Popover className={styles['popover']} placement="bottom end">
        <Menu
          className={styles['items']}
          aria-label={label}
          onAction={(key) => onChoose(String(key))}
        >
          {choices.map(({ id, label: text, aside }) => (
            <MenuItem key={id} id={id} className={styles['item']} textValue={text}>
              <span>{text}</span>
              {aside !== undefined && <span className={styles['aside']}>{aside}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
