import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Calendar } from '../../../domain/brand/calendar.js'
import { Button } from '../../design/button.js'
import { Combo } from '../../design/combo.js'
import { Checkbox } from '../../design/fields.js'
import { Row, Sheet } from '../../design/page.js'
import { useReading } from '../../words/words.js'
import { BrandPage } from '../brand-choice.js'
import { type BrandForm, EditBrand } from '../brand-form.js'
import { DayList } from './day-list.js'
import { publicDaysQuery } from './public-days.js'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
const NOWHERE = 'none'

/** When a brand works, which is when its deadlines count. */
export function WorkingDays() {
  const { say } = useReading()
  return (
    <BrandPage title={say('calendar.title')} intro={say('calendar.intro')}>
      {({ brandId, isMine }) => (
        <EditBrand key={brandId} brandId={brandId}>
          {(form) => <CalendarForm key={form.brand.rev} form={form} isMine={isMine} />}
        </EditBrand>
      )}
    </BrandPage>
  )
}

function CalendarForm({
  form: { brand, isBusy, save },
  isMine,
}: {
  form: BrandForm
  isMine: boolean
}) {
  const { say, locale } = useReading()
  const [calendar, setCalendar] = useState<Calendar>(brand.calendar)
  const { data: known } = useQuery(publicDaysQuery(calendar.country))
  const weekdayName = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const isChanged = calendar !== brand.calendar
  const { country, timeZone, weekdays } = calendar

  function chooseCountry(chosen: string): void {
    const { country: _before, ...rest } = calendar
    setCalendar(chosen === NOWHERE ? rest : { ...rest, country: chosen })
  }

  return (
    <>
      <Sheet title={say('calendar.week')}>
        <Row>
          <Combo
            label={say('calendar.zone')}
            value={timeZone}
            isDisabled={!isMine}
            options={zones(timeZone).map((zone) => ({ value: zone, label: zone }))}
            onChange={(chosen) => setCalendar({ ...calendar, timeZone: chosen })}
          />
          {known && (
            <Combo
              key={known.countries.length}
              label={say('calendar.country')}
              value={country ?? NOWHERE}
              isDisabled={!isMine}
              options={[
                { value: NOWHERE, label: say('calendar.noCountry') },
                ...countryNames(known.countries, country, locale),
              ]}
              onChange={chooseCountry}
            />
          )}
        </Row>
        <fieldset disabled={!isMine}>
          <legend className="unseen">{say('calendar.weekdays')}</legend>
          <Row>
            {WEEKDAYS.map((day) => (
              <Checkbox
                key={day}
                isSelected={weekdays.includes(day)}
                onChange={(isWorked) =>
                  setCalendar({
                    ...calendar,
                    weekdays: isWorked
                      ? [...weekdays, day].sort()
                      : weekdays.filter((each) => each !== day),
                  })
                }
              >
                {weekdayName.format(Date.UTC(2024, 0, day))}
              </Checkbox>
            ))}
          </Row>
        </fieldset>
      </Sheet>
      <DayList
        calendar={calendar}
        country={known?.days ?? null}
        {...(isMine ? { onChange: setCalendar } : {})}
      />
      {isMine && (
        <Row>
          <Button
            weight="main"
            isDisabled={isBusy || !isChanged || weekdays.length === 0}
            onPress={() => void save({ calendar })}
          >
            {say('form.save')}
          </Button>
          {isChanged && (
            <Button weight="quiet" onPress={() => setCalendar(brand.calendar)}>
              {say('form.cancel')}
            </Button>
          )}
        </Row>
      )}
    </>
  )
}

function zones(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
}

function countryNames(codes: readonly string[], own: string | undefined, locale: string) {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  const all = own !== undefined && !codes.includes(own) ? [own, ...codes] : codes
  return all
    .map((code) => {
      const [land = code, part] = code.split('-')
      return { value: code, label: `${names.of(land) ?? land}${part ? ` (${part})` : ''}` }
    })
    .sort((one, other) => one.label.localeCompare(other.label, locale))
}
