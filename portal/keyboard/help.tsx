import type { PortalWord } from '../../wording/portal-words.js'
import { verdictKeys } from '../case/verdicts.js'
import { usePreferences } from '../app/preferences.js'
import { useSession } from '../data/session.js'
import { Checkbox } from '../design/fields.js'
import { Dialog } from '../design/dialog.js'
import { useReading } from '../words/words.js'
import { keyNames, type Place, SHORTCUTS } from './shortcuts.js'
import styles from './help.module.css'

const PLACE_WORDS: Record<Place, PortalWord> = {
  inbox: 'keys.inInbox',
  listing: 'keys.onListing',
  everywhere: 'keys.everywhere',
}
const PLACES = ['inbox', 'listing', 'everywhere'] as const
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The table of shortcuts, as `?` shows it, and the switch that turns single keys off. */
export function Help({ onClose }: { onClose: () => void }) {
  const { say, vocabulary } = useReading()
  const { membership } = useSession()
  const { preferences, change } = usePreferences()
  return (
    <Dialog title={say('keys.title')} isOpen onClose={onClose}>
      <Checkbox
        isSelected={preferences.hasLetterKeys}
        onChange={(hasLetterKeys) => change({ hasLetterKeys })}
      >
        {say('keys.switch')}
      </Checkbox>
      <div className={styles['columns']}>
        {PLACES.map((place) => (
          <section key={place}>
            <h3>{say(PLACE_WORDS[place])}</h3>
            <dl className={styles['keys']}>
              {Object.entries(SHORTCUTS)
                .filter(([, { where }]) => where === place)
                .map(([id, { keys, word }]) => (
                  <Key
                    key={id}
                    keys={keys.flatMap((each) => keyNames(each, isMac))}
                    text={say(word)}
                  />
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{say('keys.verdicts')}</h3>
          <dl className={styles['keys']}>
            {[...verdictKeys(membership.role)].map(([verdict, key]) => (
              <Key key={verdict} keys={[key]} text={vocabulary.verdicts[verdict].label} />
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}

function Key({ keys, text }: { keys: readonly string[]; text: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{text}</dd>
    </div>
  )
}
