import { useQueryClient } from '@tanstack/react-query'
import { Check, CircleUser } from 'lucide-react'
import {
  Collection,
  Dialog,
  DialogTrigger,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
} from 'react-aria-components'
import { LOCALES } from '../../wording/vocabulary-words.js'
import { api } from '../data/api.js'
import { type Membership, type Session, sessionQuery, useSession } from '../data/session.js'
import { Button } from '../design/button.js'
import { useReading } from '../words/words.js'
import { LANGUAGES } from '../words/languages.js'
import { THEMES, usePreferences } from './preferences.js'
import styles from './shell.module.css'

/** Who is signed in and as what, the language, the look, and the way out. */
export function AccountMenu() {
  const { say, vocabulary, locale } = useReading()
  const { person, memberships, membershipId } = useSession()
  const { preferences, change } = usePreferences()
  const client = useQueryClient()

  async function actAs(chosen: string): Promise<void> {
    const session = await api.post<Session>('/session/membership', { membershipId: chosen })
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    client.setQueryData(sessionQuery.queryKey, session)
    location.assign('/')
  }
  async function signOut(): Promise<void> {
    await api.request('DELETE', '/session')
    location.assign('/sign-in')
  }
  const nameOf = ({ role, brands }: Membership) =>
    `${vocabulary.roles[role]} · ${
      brands === '*' ? say('nav.everyBrand') : brands.map(({ name }) => name).join(', ')
    }`
  const choose = (action: string) => {
    const [kind, value = ''] = action.split(/:(.*)/s)
    if (kind === 'as') void actAs(value)
    if (kind === 'theme') change({ theme: THEMES.find((each) => each === value) ?? 'system' })
    if (kind === 'locale') change({ locale: LOCALES.find((each) => each === value) ?? null })
    if (kind === 'out') void signOut()
  }
  const item = (id: string, text: string, isChosen: boolean) => (
    <MenuItem key={id} id={id} className={styles['item']} textValue={text}>
      {isChosen ? <Check size={14} aria-hidden="true" /> : <span />}
      <span>{text}</span>
    </MenuItem>
  )
  return (
    <DialogTrigger>
      <Button weight="quiet" aria-label={say('nav.account')}>
        <CircleUser size={18} aria-hidden="true" />
      </Button>
      <Popover className={styles['menu']} placement="bottom end">
        <Dialog aria-label={say('nav.account')}>
          {({ close }) => (
            <>
              <p className={styles['who']}>
                <strong>{person.name}</strong>
                <br />
                <span className={styles['mail']}>{person.email}</span>
              </p>
              <Menu
                className={styles['items']}
                aria-label={say('nav.account')}
                onAction={(key) => {
                  close()
                  choose(String(key))
                }}
              >
                <MenuSection>
                  <Header>{say('nav.as')}</Header>
                  <Collection>
                    {memberships.map((each) =>
                      item(
                        `as:${each.membershipId}`,
                        nameOf(each),
                        each.membershipId === membershipId,
                      ),
                    )}
                  </Collection>
                </MenuSection>
                <MenuSection>
                  <Header>{say('nav.language')}</Header>
                  {LOCALES.map((each) => item(`locale:${each}`, LANGUAGES[each], each === locale))}
                </MenuSection>
                <MenuSection>
                  <Header>{say('nav.theme')}</Header>
                  {THEMES.map((each) =>
                    item(`theme:${each}`, say(`theme.${each}`), each === preferences.theme),
                  )}
                </MenuSection>
                <MenuSection aria-label={say('nav.signOut')}>
                  {item('out', say('nav.signOut'), false)}
                </MenuSection>
              </Menu>
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
