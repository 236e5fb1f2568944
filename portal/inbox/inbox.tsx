import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CaseSummary } from '../../contract/case.js'
import type { Similar as SimilarCases } from '../../contract/similar.js'
import type { Likeness } from '../../domain/listing/likeness.js'
import { caseQuery, casesQuery, similarQuery } from '../data/cases.js'
import { useSession } from '../data/session.js'
import { troubleOf } from '../data/trouble.js'
import { useDeciding } from '../case/deciding.js'
import { draftOf, changeDraft } from '../case/drafts.js'
import { answerOf, type Lack, lacksOf } from '../case/draft.js'
import { DecisionPane } from '../case/decision-pane.js'
import { isDecidable } from '../case/standing.js'
import { verdictKeys } from '../case/verdicts.js'
import { Button } from '../design/button.js'
import { Empty, Failed, Loading } from '../design/states.js'
import { useShortcuts } from '../keyboard/use-shortcuts.js'
import { useReading } from '../words/words.js'
import { BulkBar } from './bulk-bar.js'
import { Filters } from './filters.js'
import { moved, nextOfSeller, nextToDecide } from './moves.js'
import { Back, NothingThere } from './pane-parts.js'
import { type List, Queue } from './queue.js'
import { columnsOf } from './columns.js'
import { ColumnsContext, OpenCaseContext } from './row.js'
import {
  isNarrowed,
  listQueryOf,
  nameOfQuery,
  type Pane,
  readSearch,
  type SearchChange,
  searchOfSimilar,
} from './search.js'
import { Similar } from './similar.js'
import { useSelection } from './use-selection.js'
import styles from './inbox.module.css'

const BulkDialog = lazy(async () => ({
  default: (await import('./bulk-dialog.js')).BulkDialog,
}))
/** The listing, and all that compares pictures, comes once a case is open. */
const ListingView = lazy(async () => ({
  default: (await import('../case/listing-view.js')).ListingView,
}))

const route = getRouteApi('/signed-in/')
const NO_ROWS: readonly CaseSummary[] = []

/** The desk: the queue, the listing, the decision. */
export function Inbox() {
  const { say } = useReading()
  const { membership } = useSession()
  const client = useQueryClient()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { decide } = useDeciding()
  const [lacks, setLacks] = useState<{ caseId: string; lacks: readonly Lack[] } | null>(null)
  /** As they were selected: what is answered leaves the list while the dialog still tells of it. */
  const [deciding, setDeciding] = useState<readonly CaseSummary[] | null>(null)
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const listRef = useRef<List | null>(null)
  const searchRef = useRef<HTMLInputElement | null>(null)
  const explanationRef = useRef<HTMLTextAreaElement | null>(null)

  const query = listQueryOf(search)
  const list = useInfiniteQuery({ ...casesQuery(query), placeholderData: keepPreviousData })
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? NO_ROWS, [list.data])
  const openId = search.case ?? rows[0]?.caseId
  const columns = useMemo(() => columnsOf(search.columns), [search.columns])
  const openRow = rows.find(({ caseId }) => caseId === openId)
  const shown = useQuery({ ...caseQuery(openId ?? ''), enabled: openId !== undefined })
  const role = membership.role
  const { fetchNextPage } = list
  const { selected, select, toggle, add, gather, isGathering } = useSelection({
    key: nameOfQuery(query),
    rows,
    isOnTheWay: list.isPlaceholderData || list.isFetching,
    hasMore: list.hasNextPage,
    hasFailed: list.isError,
    loadMore: useCallback(() => void fetchNextPage(), [fetchNextPage]),
  })
  const similar = useQuery({
    ...similarQuery(openId ?? '', shown.data?.rev ?? 0),
    enabled: shown.data !== undefined,
  })

  const change = useCallback(
    (some: SearchChange) =>
      void navigate({ search: (before) => ({ ...before, ...some }), replace: true }),
    [navigate],
  )
  const show = useCallback(
    (caseId: string | null, pane?: Pane) => {
      if (caseId === null) return
      change({ case: caseId, ...(pane ? { pane } : {}) })
    },
    [change],
  )
  /** From keys and decisions: the focus goes along, so that no key acts on what had it before. */
  const goTo = (caseId: string | null) => {
    if (caseId === null) return
    listRef.current?.selectionManager.setFocused(true)
    listRef.current?.selectionManager.setFocusedKey(caseId)
    show(caseId)
  }

  // The next case is there before somebody asks for it.
  const ahead = nextToDecide(rows, openId)
  useEffect(() => {
    if (ahead !== null) void client.prefetchQuery(caseQuery(ahead))
  }, [ahead, client])

  async function send() {
    const of = shown.data
    if (!of || !isDecidable(of) || busy.has(of.caseId)) return
    const { caseId } = of
    const draft = draftOf(caseId)
    const lacking = lacksOf(draft, role)
    setLacks(lacking.length > 0 ? { caseId, lacks: lacking } : null)
    const answer = answerOf(draft, role, Date.now())
    if (lacking.length > 0 || answer === null) {
      show(caseId, 'decision')
      return
    }
    const sending = new Set(busy).add(caseId)
    setBusy(sending)
    goTo(nextToDecide(rows, caseId, (each) => sending.has(each)))
    await decide(of, answer)
    setBusy((before) => new Set([...before].filter((each) => each !== caseId)))
  }

  const step = (by: 1 | -1) => goTo(moved(rows, openId, by))
  const extend = (by: 1 | -1) => {
    const next = moved(rows, openId, by)
    if (openId === undefined || next === null) return
    add(openId, next)
    goTo(next)
  }
  const decideSelected = () => setDeciding(rows.filter(({ caseId }) => selected.has(caseId)))
  /** Narrows the queue to what is like the open case, and selects all of that. */
  const selectSimilar = (chosen: SimilarCases) => {
    const narrowed = { ...search, ...searchOfSimilar(chosen), case: openId, pane: undefined }
    change(narrowed)
    gather(nameOfQuery(listQueryOf(readSearch(narrowed))))
  }
  const selectBy = (by: Likeness) => () => {
    const chosen = similar.data?.find((each) => each.by === by)
    if (chosen) selectSimilar(chosen)
  }
  const isOpenDecidable = shown.data !== undefined && isDecidable(shown.data)
  useShortcuts(
    {
      next: () => step(1),
      previous: () => step(-1),
      select: () => {
        if (openId !== undefined) toggle(openId)
      },
      extendNext: () => extend(1),
      extendPrevious: () => extend(-1),
      selectAll: () => gather(nameOfQuery(query)),
      clear: () => select([]),
      nextOfSeller: () => goTo(nextOfSeller(rows, openId)),
      selectSeller: selectBy('seller'),
      selectPicture: selectBy('picture'),
      selectTitle: selectBy('title'),
      selectPrice: selectBy('price'),
      decideSelected: () => {
        if (selected.size > 0) decideSelected()
      },
      search: () => searchRef.current?.focus(),
      explain: () => explanationRef.current?.focus(),
      statement: () => {
        if (openId) changeDraft(openId, { isStated: !draftOf(openId).isStated })
      },
      send: () => void send(),
      sendFromField: () => void send(),
      openPage: () => {
        if (openId) void navigate({ to: '/cases/$caseId', params: { caseId: openId } })
      },
    },
    isOpenDecidable && openId !== undefined
      ? [...verdictKeys(role)].map(([verdict, key]) => ({
          key,
          act: () => changeDraft(openId, { verdict }),
        }))
      : [],
  )

  const onFocusRow = useCallback((caseId: string) => show(caseId), [show])
  const pane = search.case === undefined ? undefined : search.pane
  return (
    <div className={styles['inbox']} data-pane={pane ?? 'queue'}>
      <h1 className="unseen">{say('inbox.title')}</h1>
      <section className={styles['queue']} aria-label={say('inbox.queue')}>
        <Filters
          search={search}
          shown={rows.length}
          hasMore={list.hasNextPage}
          onChange={change}
          searchRef={searchRef}
        />
        {list.isPending && <Loading lines={8} />}
        {list.isError && rows.length === 0 && (
          <Failed trouble={troubleOf(list.error)} onRetry={() => void list.refetch()} />
        )}
        {list.isSuccess && rows.length === 0 && (
          <NothingThere
            isNarrowed={isNarrowed(search)}
            onWiden={() => void navigate({ search: search.view ? { view: search.view } : {} })}
          />
        )}
        {rows.length > 0 && (
          <OpenCaseContext value={openId}>
            <ColumnsContext value={columns}>
              <Queue
                items={rows}
                selected={selected}
                onSelect={(chosen) =>
                  select(
                    chosen === 'all' ? rows.map(({ caseId }) => caseId) : [...chosen].map(String),
                  )
                }
                onFocusRow={onFocusRow}
                onOpen={(caseId) => show(caseId, 'listing')}
                isLoadingMore={list.isFetchingNextPage}
                onLoadMore={() => {
                  if (list.hasNextPage && !list.isFetching) void list.fetchNextPage()
                }}
                listRef={listRef}
              />
            </ColumnsContext>
          </OpenCaseContext>
        )}
        {(selected.size > 0 || isGathering) && (
          <BulkBar
            count={selected.size}
            isGathering={isGathering}
            onDecide={decideSelected}
            onClear={() => select([])}
          />
        )}
      </section>
      {deciding && (
        <Suspense fallback={null}>
          <BulkDialog
            selected={deciding}
            role={role}
            onClose={(isDone) => {
              setDeciding(null)
              if (isDone) select([])
            }}
          />
        </Suspense>
      )}
      <section className={styles['listing']} aria-label={say('inbox.listing')}>
        <Back label={say('inbox.backToQueue')} onPress={() => change({ pane: undefined })} />
        {similar.data && <Similar kinds={similar.data} onSelect={selectSimilar} />}
        {openId === undefined ? (
          !list.isPending && <Empty title={say('inbox.nothingOpen')} />
        ) : shown.data ? (
          <Suspense fallback={<Loading lines={8} />}>
            <ListingView of={shown.data} />
          </Suspense>
        ) : shown.isError ? (
          <Failed trouble={troubleOf(shown.error)} onRetry={() => void shown.refetch()} />
        ) : (
          <Loading lines={8} />
        )}
        {isOpenDecidable && (
          <div className={styles['step']}>
            <Button weight="main" onPress={() => change({ case: openId, pane: 'decision' })}>
              {say('inbox.toDecision')}
            </Button>
          </div>
        )}
      </section>
      <section className={styles['decision']} aria-label={say('inbox.decision')}>
        <Back label={say('inbox.backToListing')} onPress={() => change({ pane: 'listing' })} />
        {shown.data && (
          <DecisionPane
            key={shown.data.caseId}
            of={shown.data}
            role={role}
            lacks={lacks?.caseId === shown.data.caseId ? lacks.lacks : []}
            isBusy={busy.has(shown.data.caseId)}
            explanationRef={explanationRef}
            onSend={() => void send()}
            next={openRow && ahead !== null ? { caseId: ahead, onPress: () => goTo(ahead) } : null}
          />
        )}
      </section>
    </div>
  )
}
