import { realpathSync } from 'node:fs'
import { type Lock, lockName } from '#devices/transport/lock.ts'

/** Two agents with one data folder would mix up one spool: the second is told to wait for the first to be stopped. */
export async function lockFolder(folder: string): Promise<Lock> {
  const lock = await lockName(`folder ${realpathSync(folder)}`)
  if (lock === null) throw new Error(`Another agent already uses ${folder}. Stop it first.`)
  return lock
}
