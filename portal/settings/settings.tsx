import { Link, Navigate, Outlet } from '@tanstack/react-router'
import { useSession } from '../data/session.js'
import { useReading } from '../words/words.js'
import { sectionsOf } from './sections.js'
import styles from './settings.module.css'

/** The frame of the settings: their screens by role, beside the one that is open. */
export function Settings() {
  const { say } = useReading()
  const { membership } = useSession()
  return (
    <div className={styles['frame']}>
      <nav aria-label={say('nav.settings')} className={styles['sections']}>
        {sectionsOf(membership.role).map(({ to, word, isOfBrand }) => (
          <Link
            key={to}
            to={to}
            search={({ brand }) => (isOfBrand && brand !== undefined ? { brand } : {})}
            activeOptions={{ includeSearch: false }}
            className={styles['section']}
          >
            {say(word)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  )
}

/** Leads to the first screen there is for somebody. */
export function SettingsStart() {
  const [first] = sectionsOf(useSession().membership.role)
  return <Navigate to={first?.to ?? '/'} replace />
}
