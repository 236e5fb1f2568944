import { defaultPayloadConverter } from '@temporalio/common'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { until } from '../../local/until.js'
import { brandRecipient } from '../../domain/notice/recipients.js'
import { contactDigestId } from '../../workflows/messages.js'
import { confirmation, decideWhenOpen, reportAskedCase } from '../setup/reporting.js'
import { startService, type TestService } from '../setup/service.js'

let service: TestService
beforeAll(async () => {
  service = await startService({ mailTiming: { gatherMs: 0, intervalMs: 10_000 } })
})
afterAll(() => service.stop())

/** What the Temporal UI shows beside each timer and activity of a workflow, in order. */
async function summariesOf(workflowId: string): Promise<string[]> {
  const { events } = await service.client.workflow.getHandle(workflowId).fetchHistory()
  return (events ?? []).flatMap((event) => {
    const { activityTaskScheduledEventAttributes: activity, timerStartedEventAttributes: timer } =
      event
    if (!activity && !timer) return []
    const { summary } = event.userMetadata ?? {}
    const text = summary ? defaultPayloadConverter.fromPayload<string>(summary) : 'NONE'
    return [`${activity?.activityType?.name ?? 'timer'}: ${text}`]
  })
}

it('says of every timer and activity in the Temporal UI what it is for', async () => {
  const one = await reportAskedCase(service)
  await decideWhenOpen(one, confirmation(one.caseId))
  await one.handle.result()
  const shown = await summariesOf(one.workflowId)
  const expected = [
    'openCase: take the case in, with its policy',
    'notify: tell brand (asked)',
    'timer: reminder: brand · northwind',
    'saveCase: record decided, takedownRequested',
    `requestTakedown: take down ${one.listingId} at taobao (brandConfirmed)`,
    'saveCase: record closed',
    'notify: tell brand (takenDown)',
  ]
  expect(shown.toSorted()).toEqual(expected.toSorted())
  const digest = contactDigestId(brandRecipient('northwind', 'mei-lin'))
  const mailed = await until(
    'both mails are sent',
    async () => {
      const found = await summariesOf(digest)
      return found.filter((each) => each.startsWith('sendMail')).length === 2 && found
    },
    { withinMs: 20_000 },
  )
  expect(mailed).toEqual(
    expect.arrayContaining([
      'sendMail: mail to brand.northwind.mei-lin: asked, notices: 1',
      'sendMail: mail to brand.northwind.mei-lin: takenDown, notices: 1',
    ]),
  )
  expect(mailed.filter((each) => each.endsWith('NONE'))).toEqual([])
})
