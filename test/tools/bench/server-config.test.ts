import { describe, expect, it } from '@jest/globals'
import { portBlock } from '../../../local/stack/ports.js'
import { serverConfig } from '../../../tools/bench/postgresql/server-config.js'
import { serverPorts } from '../../../tools/bench/run.js'

describe('Temporal on PostgreSQL', () => {
  it('listens on ports of its own, all within the hundred of the run', () => {
    const block = portBlock(8_760)
    const ports = serverPorts(block)
    const config = JSON.stringify(
      serverConfig({ ports, user: 'temporal', dynamicConfigFile: '/dynamic.yaml' }),
    )
    const listening = [...config.matchAll(/"(?:grpcPort|membershipPort)":(\d+)/g)].map(([, port]) =>
      Number(port),
    )
    const all = [...listening, ports.postgresql]
    expect(listening).toContain(ports.frontend)
    expect(new Set(all).size).toBe(9)
    expect(Math.min(...all)).toBeGreaterThan(Math.max(...Object.values(block)))
    expect(Math.max(...all)).toBeLessThan(8_800)
  })
})
