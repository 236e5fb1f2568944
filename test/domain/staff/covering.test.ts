import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type Absence,
  absenceProblem,
  type Coverable,
  coveredBy,
  inCharge,
} from '../../../domain/staff/covering.js'

const person = (accountManagerId: string, absence: Absence | null = null): Coverable => ({
  ...{ accountManagerId, role: 'accountManager', active: true, absence },
})
const away = (coverId: string, from = 10, until = 20): Absence => ({ from, until, coverId })
const among = (people: readonly Coverable[]) => (id: string) =>
  people.find(({ accountManagerId }) => accountManagerId === id)
const whoIs = (id: string, people: readonly Coverable[], now: number) => {
  const find = among(people)
  const found = find(id)
  return found && inCharge(found, find, now).accountManagerId
}

describe('who is in charge', () => {
  const people = [person('ana', away('ben')), person('ben'), person('cy')]

  it('is the cover from the first moment of an absence to the last, and nobody else', () => {
    expect([9, 10, 19, 20].map((now) => whoIs('ana', people, now))).toEqual([
      'ana',
      'ben',
      'ben',
      'ana',
    ])
  })

  it('is who covers for the cover while they are away, too', () => {
    const both = [person('ana', away('ben')), person('ben', away('cy', 15, 30)), person('cy')]
    expect([12, 16, 25].map((now) => whoIs('ana', both, now))).toEqual(['ben', 'cy', 'ana'])
    expect(coveredBy('cy', both, 16).map((one) => one.accountManagerId)).toEqual(['ana', 'ben'])
    expect(coveredBy('cy', both, 12)).toEqual([])
  })

  it.each([
    ['has left', { ...person('ben'), active: false }],
    ['is a lead', { ...person('ben'), role: 'lead' }],
    ['is away, too', person('ben', away('ana'))],
  ])('stays with who is away when the cover %s', (_why, ben) => {
    expect(whoIs('ana', [person('ana', away('ben')), ben], 12)).toBe('ana')
  })

  it('is somebody who is there, or the person themselves', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const anyone = fc.record({
      from: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 0, max: 20 }),
      coverId: fc.constantFrom(...ids),
    })
    fc.assert(
      fc.property(fc.array(anyone, { minLength: 7, maxLength: 7 }), fc.nat(40), (absences, now) => {
        const all = ids.map((id, index) => {
          const { from = 0, length = 0, coverId = '' } = absences[index] ?? {}
          return person(id, { from, until: from + length, coverId })
        })
        for (const id of ids) {
          const found = among(all)(whoIs(id, all, now) ?? '')
          const isThere = !found?.absence || now < found.absence.from || now >= found.absence.until
          expect(found?.accountManagerId === id || isThere).toBe(true)
        }
      }),
    )
  })
})

describe('an absence', () => {
  const ana = person('ana')
  it.each([
    ['ends before it begins', { from: 20, until: 20 }, person('ben'), /after/],
    ['is over', { from: 1, until: 2 }, person('ben'), /ahead/],
    ['is covered by whoever is away', { from: 10, until: 20 }, ana, /themselves/],
    ['is covered by a lead', { from: 10, until: 20 }, { ...person('li'), role: 'lead' }, /another/],
    ['is covered by nobody', { from: 10, until: 20 }, null, /another/],
  ])('cannot be meant that %s', (_how, absence, cover, problem) => {
    expect(absenceProblem(ana, absence, cover, 5)).toMatch(problem)
  })

  it('can be meant otherwise, from the past on, too', () => {
    expect(absenceProblem(ana, { from: 1, until: 20 }, person('ben'), 5)).toBeNull()
  })
})
