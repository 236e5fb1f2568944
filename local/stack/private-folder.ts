import { chmod, mkdir } from 'node:fs/promises'

/** Makes a folder that only this user may open, or makes an existing one so. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
}
