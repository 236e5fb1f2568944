import { localPrice } from '../../../notifications/local-format.js'
import { Button } from '../../design/button.js'
import { Aside } from '../../design/page.js'
import { Picture } from '../../design/picture.js'
import { Table } from '../../design/table.js'
import { useReading } from '../../words/words.js'
import type { Reference } from './reference.js'
import styles from './references.module.css'

/** Genuine products: which they are, by what they are found, and what can be done to them. */
export function ReferenceTable({
  references,
  onChange,
  onPictures,
  onRemove,
}: {
  references: readonly Reference[]
  onChange: (reference: Reference) => void
  onPictures: (reference: Reference) => void
  onRemove: (reference: Reference) => void
}) {
  const { say, locale } = useReading()
  const acts = [
    ['references.pictures', onPictures],
    ['references.change', onChange],
    ['references.remove', onRemove],
  ] as const
  return (
    <Table
      label={say('references.title')}
      rows={references}
      keyOf={({ referenceId }) => referenceId}
      columns={[
        {
          id: 'product',
          title: say('references.product'),
          isHead: true,
          cell: ({ name, pictures, rights }) => (
            <span className={styles['product']}>
              <Picture sha256={pictures[0]?.sha256 ?? null} text="" size="row" />
              <span>
                {name}
                {rights !== null && (
                  <>
                    <br />
                    <Aside>{rights}</Aside>
                  </>
                )}
              </span>
            </span>
          ),
        },
        {
          id: 'found',
          title: say('references.foundBy'),
          cell: (reference) => <FoundBy of={reference} />,
        },
        {
          id: 'features',
          title: say('references.features'),
          isNumber: true,
          cell: ({ features }) => features.length,
        },
        {
          id: 'price',
          title: say('references.price'),
          isNumber: true,
          cell: ({ suggestedPrice }) =>
            suggestedPrice ? localPrice(suggestedPrice, locale) : <Aside>–</Aside>,
        },
        {
          id: 'acts',
          title: say('form.acts'),
          isForActs: true,
          cell: (reference) =>
            acts.map(([word, act]) => (
              <Button
                key={word}
                weight="quiet"
                aria-label={`${say(word)}: ${reference.name}`}
                onPress={() => act(reference)}
              >
                {say(word)}
              </Button>
            )),
        },
      ]}
    />
  )
}

const SHOWN = 3

/** By what a listing is known to claim to be it; without any of it, it is shown beside none. */
function FoundBy({ of: { skus, words, pictures } }: { of: Reference }) {
  const { say } = useReading()
  if (skus.length + words.length + pictures.length === 0) {
    return <Aside>{say('references.foundByNothing')}</Aside>
  }
  const more = skus.length > SHOWN ? '…' : ''
  return (
    <span className={styles['found']}>
      {skus.length > 0 && (
        <span>
          {say('references.bySku', { skus: `${skus.slice(0, SHOWN).join(', ')}${more}` })}
        </span>
      )}
      {words.length > 0 && <span>{say('references.byWords', { words: words.join(' + ') })}</span>}
      {pictures.length > 0 && (
        <span>{say('references.byPictures', { count: pictures.length })}</span>
      )}
    </span>
  )
}
