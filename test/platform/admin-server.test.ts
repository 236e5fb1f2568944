import { describe, expect, it } from '@jest/globals'
import { createAdminServer } from '../../platform/admin-server.js'

/** A server whose one dependency can be switched off. */
function adminOf({ isUp }: { isUp: boolean }) {
  const dependency = { isUp }
  const admin = createAdminServer({
    checks: {
      temporal: async () => {
        if (!dependency.isUp) throw new Error('connection refused')
      },
    },
    metrics: async () => 'jobs_total 1\n',
  })
  const get = async (url: string) => {
    const { statusCode, body } = await admin.app.inject(url)
    return [statusCode, body] as const
  }
  return { dependency, admin, get }
}

describe('the admin port', () => {
  it('says that the process runs, whatever it depends on', async () => {
    const { get } = adminOf({ isUp: false })

    expect(await get('/livez')).toEqual([200, '{"status":"ok"}'])
  })

  it('names what is missing while the process is not ready', async () => {
    const { get } = adminOf({ isUp: false })

    expect((await get('/startupz'))[0]).toBe(503)
    const [status, body] = await get('/readyz')
    expect(status).toBe(503)
    expect(JSON.parse(body)).toEqual({
      status: 'notReady',
      failed: { temporal: 'Error: connection refused' },
    })
  })

  it('stays started when what it depends on goes away later', async () => {
    const { dependency, get } = adminOf({ isUp: true })
    expect(await get('/startupz')).toEqual([200, '{"status":"ok"}'])
    dependency.isUp = false

    expect((await get('/startupz'))[0]).toBe(200)
  })

  it('is no longer ready once it drains, though it still runs', async () => {
    const { admin, get } = adminOf({ isUp: true })
    expect((await get('/readyz'))[0]).toBe(200)
    admin.drain()

    expect(await get('/readyz')).toEqual([503, '{"status":"draining"}'])
    expect((await get('/livez'))[0]).toBe(200)
  })

  it('shows metrics as text', async () => {
    const { admin } = adminOf({ isUp: true })
    const answer = await admin.app.inject('/metrics')

    expect(answer.headers['content-type']).toContain('text/plain')
    expect(answer.body).toBe('jobs_total 1\n')
  })
})
