import { useState } from 'react'
import type { Static } from 'typebox'
import type { SellerImportSchema } from '../../../contract/seller-import.js'
import { api } from '../../data/api.js'
import { useSending } from '../../data/sending.js'
import { Button } from '../../design/button.js'
import { Dialog } from '../../design/dialog.js'
import { FileButton } from '../../design/file-button.js'
import { Aside, Row, Stack } from '../../design/page.js'
import { Table } from '../../design/table.js'
import { Tag, type Tone } from '../../design/tag.js'
import { TroubleLine } from '../../design/trouble-line.js'
import { useReading } from '../../words/words.js'
import { SELLER_COLUMNS } from './seller.js'

type Import = Static<typeof SellerImportSchema>
type Result = Import['results'][number]

const MAX_MB = 4
const TONES: Record<Result['result'], Tone> = { added: 'good', known: 'calm', refused: 'alarm' }
/** What cannot be is shown first; of many lines as many as anybody reads. */
const ORDER: readonly Result['result'][] = ['refused', 'added', 'known']
const SHOWN = 200

/** Reads a table, shows what would become of each line, and adds it when that is confirmed. */
export function ImportSellers({
  path,
  onClose,
  onAdded,
}: {
  path: string
  onClose: () => void
  onAdded: () => void
}) {
  const { say } = useReading()
  const [text, setText] = useState<string | null>(null)
  const [shown, setShown] = useState<Import | null>(null)
  const [isDone, setDone] = useState(false)
  const [tooLarge, setTooLarge] = useState(false)
  const { isBusy, trouble, send } = useSending()

  const importing = async (csv: string, preview: boolean) => {
    const to = `${path}:import${preview ? '?preview=true' : ''}`
    setShown((await api.request<Import>('POST', to, { csv })).body)
  }
  async function look(file: File): Promise<void> {
    setShown(null)
    setTooLarge(file.size > MAX_MB * 1024 * 1024)
    if (file.size > MAX_MB * 1024 * 1024) return
    const csv = await file.text()
    setText(csv)
    await send(() => importing(csv, true))
  }
  async function add(): Promise<void> {
    if (!(await send(() => importing(text ?? '', false)))) return
    setDone(true)
    onAdded()
  }

  return (
    <Dialog title={say('sellers.import')} isOpen onClose={onClose}>
      <Stack>
        <p>{say('sellers.importText', { columns: SELLER_COLUMNS.join(', ') })}</p>
        {tooLarge && <p role="alert">{say('sellers.importTooLarge', { size: MAX_MB })}</p>}
        <TroubleLine trouble={trouble} />
        {shown && (
          <>
            <p role="status">
              {say(isDone ? 'sellers.importDone' : 'sellers.importCounts', { ...shown.counts })}
            </p>
            {shown.ignoredColumns && (
              <p>{say('sellers.importIgnored', { columns: shown.ignoredColumns.join(', ') })}</p>
            )}
            <Lines of={shown} />
          </>
        )}
        <Row>
          {shown && !isDone && shown.counts.added > 0 && (
            <Button weight="main" isDisabled={isBusy} onPress={() => void add()}>
              {say('sellers.importSend', { count: shown.counts.added })}
            </Button>
          )}
          {!isDone && (
            <FileButton accept=".csv,text/csv" onChoose={(file) => void look(file)}>
              {say('sellers.importFile')}
            </FileButton>
          )}
          <Button weight="quiet" onPress={onClose}>
            {say(isDone ? 'sellers.importClose' : 'form.cancel')}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  )
}

function Lines({ of: { results } }: { of: Import }) {
  const { say } = useReading()
  const ordered = ORDER.flatMap((each) => results.filter(({ result }) => result === each))
  return (
    <>
      <Table
        label={say('sellers.import')}
        rows={ordered.slice(0, SHOWN)}
        keyOf={({ line }) => String(line)}
        columns={[
          { id: 'line', title: say('sellers.line'), isNumber: true, cell: ({ line }) => line },
          {
            id: 'seller',
            title: say('sellers.seller'),
            isHead: true,
            cell: ({ fields }) => fields['sellerId'] ?? '–',
          },
          {
            id: 'rest',
            title: say('sellers.marketplace'),
            cell: ({ fields }) => (
              <Aside>
                {[fields['marketplace'], fields['sku']].filter(Boolean).join(' · ') || '–'}
              </Aside>
            ),
          },
          {
            id: 'result',
            title: say('sellers.result'),
            cell: ({ result, problem }) => (
              <span>
                <Tag tone={TONES[result]}>{say(`sellers.result.${result}`)}</Tag>{' '}
                {problem && <Aside>{whyOf(problem)}</Aside>}
              </span>
            ),
          },
        ]}
      />
      {ordered.length > SHOWN && (
        <p>{say('sellers.rowsMore', { count: ordered.length - SHOWN })}</p>
      )}
    </>
  )
}

/** In English, as the API says it: which field, and what it must be. */
function whyOf({ detail, errors = [] }: NonNullable<Result['problem']>): string {
  if (errors.length === 0) return detail
  return errors.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`).join('; ')
}
