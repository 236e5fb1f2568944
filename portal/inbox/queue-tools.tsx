import { Bookmark, Columns3, Download } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { ExportFormat } from '../../contract/case-export.js'
import { Button } from '../design/button.js'
import { MenuButton } from '../design/menu-button.js'
import { useShortcuts } from '../keyboard/use-shortcuts.js'
import { useReading } from '../words/words.js'
import { columnsOf, textOfColumns, USUAL_COLUMNS } from './columns.js'
import { exportAddress, type InboxSearch, listQueryOf, type SearchChange } from './search.js'
import styles from './filters.module.css'

const ColumnsDialog = lazy(async () => ({
  default: (await import('./columns-dialog.js')).ColumnsDialog,
}))

const ViewsDialog = lazy(async () => ({
  default: (await import('./views-dialog.js')).ViewsDialog,
}))

const FORMATS: readonly ExportFormat[] = ['csv', 'json']

/** What can be done with the queue as it is shown: views of it, other columns, and all of it as a file. */
export function QueueTools({
  search,
  onChange,
}: {
  search: InboxSearch
  onChange: (change: SearchChange) => void
}) {
  const { say } = useReading()
  const [isChoosing, setChoosing] = useState(false)
  const [isViewing, setViewing] = useState(false)
  const take = (format: ExportFormat) => download(exportAddress(listQueryOf(search), format))
  useShortcuts({
    views: () => setViewing(true),
    columns: () => setChoosing(true),
    exportCsv: () => take('csv'),
  })
  return (
    <div className={styles['tools']}>
      <Button weight="quiet" aria-label={say('views.title')} onPress={() => setViewing(true)}>
        <Bookmark size={16} aria-hidden="true" />
      </Button>
      <Button weight="quiet" aria-label={say('columns.title')} onPress={() => setChoosing(true)}>
        <Columns3 size={16} aria-hidden="true" />
      </Button>
      <MenuButton
        label={say('export.title')}
        choices={FORMATS.map((format) => ({ id: format, label: say(`export.${format}`) }))}
        onChoose={(id) => {
          const format = FORMATS.find((each) => each === id)
          if (format) take(format)
        }}
      >
        <Download size={16} aria-hidden="true" />
      </MenuButton>
      {isViewing && (
        <Suspense fallback={null}>
          <ViewsDialog search={search} onChange={onChange} onClose={() => setViewing(false)} />
        </Suspense>
      )}
      {isChoosing && (
        <Suspense fallback={null}>
          <ColumnsDialog
            columns={columnsOf(search.columns) ?? USUAL_COLUMNS}
            onChange={(columns) => onChange({ columns: textOfColumns(columns) })}
            onClose={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </div>
  )
}

/** The browser saves it while it comes, so that no page holds it. */
function download(address: string): void {
  Object.assign(document.createElement('a'), { href: address, download: '' }).click()
}
