import { describe, expect, it } from '@jest/globals'
import { deploymentOptions, VERSIONING } from '../../worker/versioning.js'
import * as workflows from '../../workflows/index.js'

describe('versions of workers', () => {
  it('every workflow says how it takes a new release', () => {
    expect(Object.keys(VERSIONING).sort()).toEqual(Object.keys(workflows).sort())
  })

  it('what it says is what workers tell the server', () => {
    const { defaultVersioningBehavior, useWorkerVersioning } = deploymentOptions('r1')
    expect({ defaultVersioningBehavior, useWorkerVersioning }).toEqual({
      defaultVersioningBehavior: 'AUTO_UPGRADE',
      useWorkerVersioning: true,
    })
    expect(new Set(Object.values(VERSIONING))).toEqual(new Set(['autoUpgrade']))
    // A workflow that said something else would be refused from workers without a version.
    const sayingMore = Object.values<object>(workflows).filter(
      (workflow) => 'workflowDefinitionOptions' in workflow,
    )
    expect(sayingMore).toEqual([])
  })
})
