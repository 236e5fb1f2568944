import { stopRunning } from './running.js'

export default async function stopServers(): Promise<void> {
  await stopRunning()
}
