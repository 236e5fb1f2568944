import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { api } from '../data/api.js'
import { type BrandName, useOwnBrands } from '../data/brands.js'
import { changeView, type SavedView, savedViewsQuery } from '../data/saved-views.js'
import { type Sending, useSending } from '../data/sending.js'
import { troubleOf } from '../data/trouble.js'
import { Button } from '../design/button.js'
import { Dialog } from '../design/dialog.js'
import { Select, TextField } from '../design/fields.js'
import { MenuButton } from '../design/menu-button.js'
import { Failed, Loading } from '../design/states.js'
import { TroubleLine } from '../design/trouble-line.js'
import { useReading } from '../words/words.js'
import {
  BUILT_IN_VIEWS,
  type BuiltInView,
  isShown,
  opening,
  searchOfView,
  textOfView,
} from './saved-view.js'
import type { InboxSearch, SearchChange } from './search.js'
import styles from './views-dialog.module.css'

const NAME_MAX = 80
/** Stands for no brand. */
const ONLY_ME = '-'

/** The views of the queue: to open, to save what is shown as one, to rename, share and remove them. */
export function ViewsDialog({
  search,
  onChange,
  onClose,
}: {
  search: InboxSearch
  onChange: (change: SearchChange) => void
  onClose: () => void
}) {
  const { say } = useReading()
  const saved = useQuery(savedViewsQuery)
  const { data: brands = [] } = useOwnBrands()
  const sending = useSending()
  const views = saved.data ?? []
  const open = (change: SearchChange) => {
    onChange(change)
    onClose()
  }
  const groups = [
    { title: say('views.own'), views: views.filter(({ brandId }) => brandId === null) },
    ...brands.map(({ brandId, name }) => ({
      title: say('views.shared', { brand: name }),
      views: views.filter((view) => view.brandId === brandId),
    })),
  ]
  return (
    <Dialog title={say('views.title')} isOpen onClose={onClose}>
      <SaveView text={textOfView(search)} brands={brands} sending={sending} />
      <TroubleLine trouble={sending.trouble} />
      {saved.isPending && <Loading lines={2} />}
      {saved.isError && (
        <Failed trouble={troubleOf(saved.error)} onRetry={() => void saved.refetch()} />
      )}
      {groups.map(
        ({ title, views: listed }) =>
          listed.length > 0 && (
            <section key={title} className={styles['group']}>
              <h3>{title}</h3>
              <ul>
                {listed.map((view) => (
                  <ViewLine
                    key={view.viewId}
                    {...{ view, search, brands, sending }}
                    onOpen={() => open(searchOfView(view.search))}
                  />
                ))}
              </ul>
            </section>
          ),
      )}
      <section className={styles['group']}>
        <h3>{say('views.builtIn')}</h3>
        <ul>
          {Object.entries(BUILT_IN_VIEWS).map(([name, builtIn]) => (
            <li key={name}>
              <Open
                isCurrent={textOfView(builtIn) === textOfView(search)}
                onOpen={() => open(opening(builtIn))}
              >
                {say(`views.${name as BuiltInView}`)}
              </Open>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  )
}

/** Saves what is shown. */
function SaveView({
  text,
  brands,
  sending,
}: {
  text: string
  brands: readonly BrandName[]
  sending: Sending
}) {
  const { say } = useReading()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [audience, setAudience] = useState(ONLY_ME)
  const save = async () => {
    const body = {
      name: name.trim(),
      search: text,
      brandId: audience === ONLY_ME ? null : audience,
    }
    const isSaved = await sending.send(() => api.request('POST', '/views', { body, once: true }))
    if (isSaved) setName('')
    await client.invalidateQueries({ queryKey: savedViewsQuery.queryKey })
  }
  return (
    <form
      className={styles['save']}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void save()
      }}
    >
      <TextField label={say('views.name')} value={name} onChange={setName} maxLength={NAME_MAX} />
      <Select
        label={say('views.audience')}
        value={audience}
        options={[
          { value: ONLY_ME, label: say('views.onlyMe') },
          ...brands.map(({ brandId, name: brand }) => ({
            value: brandId,
            label: say('views.everybody', { brand }),
          })),
        ]}
        onChange={setAudience}
      />
      <Button type="submit" weight="main" isDisabled={name.trim() === '' || sending.isBusy}>
        {say('views.save')}
      </Button>
    </form>
  )
}

const ACTS = ['rename', 'replace', 'remove'] as const

/** A view, and what its owner can do about it. */
function ViewLine({
  view,
  search,
  brands,
  sending,
  onOpen,
}: {
  view: SavedView
  search: InboxSearch
  brands: readonly BrandName[]
  sending: Sending
  onOpen: () => void
}) {
  const { say } = useReading()
  const client = useQueryClient()
  const [name, setName] = useState<string | null>(null)
  const { viewId } = view
  const send = async (act: () => Promise<unknown>) => {
    await sending.send(act)
    await client.invalidateQueries({ queryKey: savedViewsQuery.queryKey })
  }
  const rename = async () => {
    if (name === null || name.trim() === '') return
    await send(() => changeView(view, { name: name.trim() }))
    setName(null)
  }
  const choose = (act: string) => {
    if (act === 'rename') setName(view.name)
    else if (act === 'replace') void send(() => changeView(view, { search: textOfView(search) }))
    else if (act === 'remove') void send(() => api.request('DELETE', `/views/${viewId}`))
    else void send(() => changeView(view, { brandId: act === ONLY_ME ? null : act }))
  }
  if (name !== null) {
    return (
      <li>
        <form
          className={styles['rename']}
          onSubmit={(event) => {
            event.preventDefault()
            void rename()
          }}
        >
          <TextField
            label={say('views.newName')}
            value={name}
            onChange={setName}
            maxLength={NAME_MAX}
          />
          <Button type="submit" weight="main" isDisabled={name.trim() === '' || sending.isBusy}>
            {say('views.rename')}
          </Button>
        </form>
      </li>
    )
  }
  const shares = brands
    .filter(({ brandId }) => brandId !== view.brandId)
    .map(({ brandId, name: brand }) => ({ id: brandId, label: say('views.share', { brand }) }))
  return (
    <li>
      <Open isCurrent={isShown(view.search, search)} onOpen={onOpen}>
        {view.name}
        {!view.isOwn && view.ownerName && (
          <small> {say('views.by', { who: view.ownerName })}</small>
        )}
      </Open>
      {view.mayChange && (
        <MenuButton
          label={say('views.more', { name: view.name })}
          choices={[
            ...ACTS.map((act) => ({ id: act, label: say(`views.${act}`) })),
            ...(view.brandId === null ? [] : [{ id: ONLY_ME, label: say('views.unshare') }]),
            ...shares,
          ]}
          onChoose={choose}
        >
          <Ellipsis size={16} aria-hidden="true" />
        </MenuButton>
      )}
    </li>
  )
}

function Open({
  isCurrent,
  onOpen,
  children,
}: {
  isCurrent: boolean
  onOpen: () => void
  children: React.ReactNode
}) {
  return (
    <span className={styles['open']}>
      <Button weight="quiet" onPress={onOpen}>
        {children}
      </Button>
      {isCurrent && <Check size={16} aria-hidden="true" />}
    </span>
  )
}
