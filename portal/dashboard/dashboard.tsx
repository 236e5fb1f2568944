import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { localPercent } from '../../notifications/local-format.js'
import { useOwnBrands } from '../data/brands.js'
import { dashboardQuery } from '../data/dashboard.js'
import { troubleOf } from '../data/trouble.js'
import { Select } from '../design/fields.js'
import { Figures } from '../design/figures.js'
import { Page } from '../design/page.js'
import { Empty, Failed, Loading } from '../design/states.js'
import { MoreWords } from '../words/more-words.js'
import { useReading } from '../words/words.js'
import { Charted } from './charted.js'
import * as figures from './figure-tables.js'
import { type DashboardSearch, PERIODS, USUAL_PERIOD } from './search.js'
import { dashboardWords } from './words.js'
import { written } from './written.js'
import styles from './dashboard.module.css'

const route = getRouteApi('/signed-in/dashboard')
const EVERY_BRAND = ''

/** How cases go: what is open, how fast it was answered and removed, and what came of it. */
export function DashboardScreen() {
  const { say } = useReading()
  return (
    <div className={styles['dashboard']}>
      <MoreWords of="dashboard" loaders={dashboardWords} title={say('nav.dashboard')}>
        <Whole />
      </MoreWords>
    </div>
  )
}

function Whole() {
  const { say } = useReading()
  const { days = USUAL_PERIOD, brand, compare } = route.useSearch()
  const { data, error, isError, refetch } = useQuery(dashboardQuery(days, brand))
  return (
    <Page title={say('dashboard.title')} intro={say('dashboard.intro')} actions={<Choices />}>
      {data ? (
        <Everything dashboard={data} isCompared={compare !== 'none'} brand={brand} />
      ) : isError ? (
        <Failed trouble={troubleOf(error)} onRetry={() => void refetch()} />
      ) : (
        <Loading lines={12} />
      )}
    </Page>
  )
}

/** The brand, the period and what it is compared with: all of it is in the address. */
function Choices() {
  const { say } = useReading()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data: brands = [] } = useOwnBrands()
  const change = (some: { [N in keyof DashboardSearch]: DashboardSearch[N] | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...some }) })
  return (
    <>
      {brands.length > 1 && (
        <Select
          label={say('form.brand')}
          value={search.brand ?? EVERY_BRAND}
          options={[
            { value: EVERY_BRAND, label: say('dashboard.everyBrand') },
            ...brands.map(({ brandId, name }) => ({ value: brandId, label: name })),
          ]}
          onChange={(brand) => change({ brand: brand === EVERY_BRAND ? undefined : brand })}
        />
      )}
      <Select
        label={say('dashboard.period')}
        value={String(search.days ?? USUAL_PERIOD)}
        options={PERIODS.map((count) => ({
          value: String(count),
          label: say('dashboard.lastDays', { count }),
        }))}
        onChange={(chosen) => change({ days: PERIODS.find((each) => String(each) === chosen) })}
      />
      <Select
        label={say('dashboard.compare')}
        value={search.compare ?? 'previous'}
        options={[
          { value: 'previous', label: say('dashboard.withPrevious') },
          { value: 'none', label: say('dashboard.withNothing') },
        ]}
        onChange={(chosen) => change({ compare: chosen === 'none' ? chosen : undefined })}
      />
    </>
  )
}

function Everything(shown: figures.Shown) {
  const reading = useReading()
  const { say } = reading
  const { dashboard, isCompared, brand } = shown
  const { from, to, previousFrom, current, previous, isCapped } = dashboard
  const days = figures.daysOf(from, to, reading.locale)
  const fileOf = (name: string) => `dashboard-${name}-${from.slice(0, 10)}-${to.slice(0, 10)}`
  const hasCases = current.cases > 0 || (isCompared && previous.cases > 0)
  const { n, censored } = current.toDecision
  return (
    <>
      <p className={styles['note']}>
        {isCompared
          ? say('dashboard.daysCompared', {
              days,
              before: figures.daysOf(previousFrom, from, reading.locale),
            })
          : days}
        {isCapped && ` ${say('dashboard.capped')}`}
      </p>
      <AtAGlance {...shown} />
      <Charted
        title={say('dashboard.open')}
        intro={
          <>
            {say('dashboard.openText')}{' '}
            <Link to="/" search={{ view: 'open', ...(brand ? { brand } : {}) }}>
              {say('dashboard.openLink', { count: figures.openCount(dashboard) })}
            </Link>
          </>
        }
        table={figures.openTable(shown, reading)}
        none={say('dashboard.noneOpen')}
        as="stacked"
        fileName={fileOf('open')}
      />
      {hasCases ? (
        <>
          <Charted
            title={say('dashboard.course')}
            intro={say('dashboard.courseText')}
            table={figures.courseTable(shown, reading)}
            none={say('dashboard.none')}
            as="lines"
            fileName={fileOf('course')}
          />
          <div className={styles['sheets']}>
            <Charted
              title={say('dashboard.times')}
              intro={say('dashboard.timesText', { n, censored })}
              table={figures.timesTable(shown, reading)}
              none={say('dashboard.none')}
              as="bars"
              fileName={fileOf('times')}
            />
            <Charted
              title={say('dashboard.answers')}
              intro={say('dashboard.answersText')}
              table={figures.answersTable(shown, reading)}
              none={say('dashboard.none')}
              as="stacked"
              fileName={fileOf('answers')}
            />
            <Charted
              title={say('dashboard.outcomes')}
              intro={say('dashboard.outcomesText')}
              table={figures.outcomesTable(shown, reading)}
              none={say('dashboard.noneEnded')}
              as="bars"
              fileName={fileOf('outcomes')}
            />
            <Charted
              title={say('dashboard.reminded')}
              intro={say('dashboard.remindedText')}
              table={figures.remindersTable(shown, reading)}
              none={say('dashboard.none')}
              as="bars"
              fileName={fileOf('reminders')}
            />
            <Charted
              title={say('dashboard.sellers')}
              intro={say('dashboard.sellersText', {
                count: current.returnedCount,
                sellers: current.sellers,
              })}
              table={figures.sellersTable(shown, reading)}
              none={say('dashboard.noneCameBack')}
              as="bars"
              fileName={fileOf('sellers')}
            />
          </div>
        </>
      ) : (
        <Empty title={say('dashboard.none')}>{say('dashboard.noneText')}</Empty>
      )}
    </>
  )
}

/** The few numbers one looks at first, each beside what it was. */
function AtAGlance({ dashboard, isCompared }: figures.Shown) {
  const reading = useReading()
  const { say, number, locale } = reading
  const { current, previous } = dashboard
  const percent = (of: typeof current) => {
    const rate = figures.answerRate(of)
    return rate === null ? say('dashboard.notYet') : localPercent(rate, locale)
  }
  const median = ({ toDecision }: typeof current) =>
    written(toDecision.p50Ms, 'span', reading, say('dashboard.notYet'))
  const beside = (of: (period: typeof current) => string) => ({
    value: of(current),
    ...(isCompared ? { aside: say('dashboard.was', { value: of(previous) }) } : {}),
  })
  return (
    <Figures
      label={say('dashboard.glance')}
      figures={[
        { label: say('dashboard.openNow'), value: figures.openCount(dashboard) },
        { label: say('dashboard.opened'), ...beside(({ cases }) => number(cases)) },
        { label: say('dashboard.rate'), ...beside(percent) },
        { label: say('dashboard.median'), ...beside(median) },
        {
          label: say('dashboard.cameBack'),
          ...beside(({ returnedCount }) => number(returnedCount)),
        },
      ]}
    />
  )
}
