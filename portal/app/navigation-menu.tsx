import { useNavigate } from '@tanstack/react-router'
import { Menu as MenuIcon } from 'lucide-react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useSession } from '../data/session.js'
import { Button } from '../design/button.js'
import { useReading } from '../words/words.js'
import { destinationsOf } from './navigation.js'
import styles from './shell.module.css'

/** What the bar has no room for on a phone. */
export function NavigationMenu() {
  const { say } = useReading()
  const navigate = useNavigate()
  const destinations = destinationsOf(useSession().membership.role)
  return (
    <div className={styles['narrow']}>
      <MenuTrigger>
        <Button weight="quiet" aria-label={say('nav.main')}>
          <MenuIcon size={18} aria-hidden="true" />
        </Button>
        <Popover className={styles['menu']} placement="bottom end">
          <Menu
            className={styles['items']}
            aria-label={say('nav.main')}
            onAction={(key) => {
              const chosen = destinations.find(({ to }) => to === key)
              if (chosen) void navigate({ to: chosen.to })
            }}
          >
            {destinations.map(({ to, word }) => (
              <MenuItem key={to} id={to} className={styles['item']} textValue={say(word)}>
                <span />
                <span>{say(word)}</span>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  )
}
