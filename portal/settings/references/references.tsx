import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { referencePath } from '../../../client/paths.js'
import { api } from '../../data/api.js'
import { usePages } from '../../data/pages.js'
import { Button } from '../../design/button.js'
import { Confirm } from '../../design/confirm.js'
import { Listed } from '../../design/listed.js'
import { Sheet } from '../../design/page.js'
import { useReading } from '../../words/words.js'
import { BrandPage } from '../brand-choice.js'
import { ReferenceDialog } from './reference-dialog.js'
import { ReferencePictures } from './reference-pictures.js'
import { ReferenceTable } from './reference-table.js'
import { type Reference, referencesQuery } from './reference.js'

/** The genuine products of a brand, shown beside the listings that claim to be one of them. */
export function References() {
  const { say } = useReading()
  return (
    <BrandPage title={say('references.title')} intro={say('references.intro')}>
      {({ brandId }) => <ReferencesOf key={brandId} brandId={brandId} />}
    </BrandPage>
  )
}

/** What is asked, and about which product. */
interface Asking {
  what: 'facts' | 'pictures' | 'remove'
  referenceId: string
}

function ReferencesOf({ brandId }: { brandId: string }) {
  const { say } = useReading()
  const client = useQueryClient()
  const query = referencesQuery(brandId)
  const references = usePages(query)
  const [asking, setAsking] = useState<Asking | 'new' | null>(null)
  const close = () => setAsking(null)
  const readAgain = () => client.invalidateQueries(query)
  const about =
    asking === null || asking === 'new'
      ? undefined
      : references.items?.find(({ referenceId }) => referenceId === asking.referenceId)
  const currency = references.items?.find((one) => one.suggestedPrice)?.suggestedPrice?.currency
  const ask = (what: Asking['what']) => (reference: Reference) =>
    setAsking({ what, referenceId: reference.referenceId })

  /** A product that was just added has no pictures yet: they are asked for next. */
  async function goOn(saved: Reference): Promise<void> {
    await readAgain()
    if (asking === 'new') ask('pictures')(saved)
    else close()
  }
  async function remove({ referenceId }: Reference): Promise<void> {
    await api.request('DELETE', referencePath(brandId, referenceId))
    await readAgain()
  }

  return (
    <Sheet
      actions={
        <Button weight="main" onPress={() => setAsking('new')}>
          {say('references.add')}
        </Button>
      }
    >
      <Listed of={references} empty={say('references.none')}>
        {(items) => (
          <ReferenceTable
            references={items}
            onChange={ask('facts')}
            onPictures={ask('pictures')}
            onRemove={ask('remove')}
          />
        )}
      </Listed>
      {(asking === 'new' || (about && asking?.what === 'facts')) && (
        <ReferenceDialog
          brandId={brandId}
          reference={about ?? null}
          currency={currency ?? ''}
          onClose={close}
          onSaved={goOn}
          onStale={readAgain}
        />
      )}
      {about && asking !== 'new' && asking?.what === 'pictures' && (
        <ReferencePictures reference={about} onClose={close} onChanged={readAgain} />
      )}
      {about && asking !== 'new' && asking?.what === 'remove' && (
        <Confirm
          title={say('references.removeTitle', { name: about.name })}
          act={say('references.remove')}
          onConfirm={() => remove(about)}
          onClose={close}
        >
          <p>{say('references.removeText')}</p>
        </Confirm>
      )}
    </Sheet>
  )
}
