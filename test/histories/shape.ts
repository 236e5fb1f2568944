import { Connection, type WorkflowHandle } from '@temporalio/client'
import { makeDoor } from '../api/door.js'
import { temporalAddress } from '../setup/environment.js'
import type { TestService, TestServiceOptions } from '../setup/service.js'

/** Runs whose histories are kept, by what follows the workflow's type in the name of the file. */
export type Runs = Record<string, WorkflowHandle>

/** A way to the contacts' digests that can be shut. */
export interface Doors {
  digests: Awaited<ReturnType<typeof makeDoor>>
  connection: Connection
}

/** Opens the doors; close the connection and shut the door when done. */
export async function makeDoors(): Promise<Doors> {
  const [host = '', port] = temporalAddress().split(':')
  const digests = await makeDoor({ host, port: Number(port) })
  return { digests, connection: Connection.lazy({ address: `127.0.0.1:${digests.port}` }) }
}

/** How one shape of a workflow is played on a real service, until its runs have ended. */
export interface Shape {
  /** Service of its own, where the common one does not do. */
  options?: (doors: Doors) => TestServiceOptions
  play(service: TestService, doors: Doors): Promise<Runs>
}
