import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { timeSkippingServerPath } from '../setup/environment.js'

describe('the time-skipping server', () => {
  let environment: TestWorkflowEnvironment

  beforeAll(async () => {
    const executable = { type: 'existing-path', path: timeSkippingServerPath() } as const
    environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } })
  })
  afterAll(() => environment.teardown())

  it('lets 30 hours pass at once', async () => {
    const hourMs = 3_600_000
    const startedAtMs = performance.now()
    const before = await environment.currentTimeMs()
    await environment.sleep('30h')
    expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(30 * hourMs)
    expect(performance.now() - startedAtMs).toBeLessThan(60_000)
  })
})
