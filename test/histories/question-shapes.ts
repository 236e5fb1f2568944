import { QUESTION_KIND, questionIdOf, NO_MARKETPLACE } from '../../domain/question/question.js'
import { until } from '../../local/until.js'
import { randomSuffix } from '../../platform/digest.js'
import { EVERYTHING } from '../../store/store.js'
import { answerQuestion, questionStart } from '../../workflows/question/start.js'
import type { TestService } from '../setup/service.js'
import type { Runs, Shape } from './shape.js'

/** A question that is asked, told and answered. */
async function answered({ client, store }: TestService): Promise<Runs[string]> {
  const questionId = questionIdOf('northwind', randomSuffix())
  const by = { role: 'brandMember', id: 'mei-lin', via: 'api' } as const
  const text = 'Do you need the test report?'
  const asked = { questionId, brandId: 'northwind', marketplace: NO_MARKETPLACE, caseId: null }
  const handle = await client.workflow.start(
    QUESTION_KIND.workflowType,
    questionStart({ ...asked, text, by }),
  )
  const isKept = async () => (await store.questions.get(EVERYTHING, questionId)) !== null
  await until('it is on record', isKept, { withinMs: 20_000 })
  const tenant = { brandIds: '*', marketplaces: '*' } as const
  const caller = { role: 'lead', id: 'li-wei', via: 'api', ...tenant } as const
  await handle.executeUpdate(answerQuestion, { args: [{ questionId, caller, text: 'Yes.' }] })
  await handle.result()
  return handle
}

/** Questions of brands to their account managers. */
export const QUESTION_SHAPES: Record<string, Shape> = {
  questionAnswered: {
    play: async (service) => ({ 'question.questionAnswered': await answered(service) }),
  },
  /** The account manager has left: it is the lead's at once. */
  questionPassedOn: {
    async play(service) {
      const { accountManagers } = service.store
      const ana = await accountManagers.find('ana-souza')
      await accountManagers.update('ana-souza', ana?.rev ?? 0, { active: false })
      return { 'question.questionPassedOn': await answered(service) }
    },
  },
}
