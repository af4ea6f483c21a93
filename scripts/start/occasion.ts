import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { prisma } from '#app/db/client.server.ts'
import { activationCode } from '#app/domain/access/password.ts'
import { demoSeed } from '../../prisma/seed/demo.ts'
import { demoCentreId } from '../../prisma/seed/tables.ts'
import { Problem } from '../lib/messages.ts'
import type { StartOptions } from './options.ts'
import type { Occasion } from './program.ts'

const everyMs = 2000

async function centreId(): Promise<string | null> {
  return (await prisma.centre.findFirst({ select: { id: true } }))?.id ?? null
}

async function untilSetUp(stopped: AbortSignal): Promise<string> {
  let found = await centreId()
  while (found === null) {
    await sleep(everyMs, undefined, { signal: stopped })
    // The database may be away for a moment; the page that waits for somebody says so itself.
    found = await centreId().catch(() => null)
  }
  return found
}

function banner(address: string, code: string | null): string {
  const lines = ['', '窗口人员管理与考勤系统    Window Staff', '', `  网址 Address          ${address}`]
  if (code !== null) {
    lines.push(`  首次设置 Set-up       ${address}/set-up`, `  设置码 Set-up code    ${code}    只用一次 works once`)
  }
  return [...lines, '', '  按 Ctrl-C 停止。Ctrl-C stops everything.', ''].join('\n')
}

/** A centre of its own: real readers, and a one-time set-up code while the database is empty. */
export async function realOccasion(options: StartOptions): Promise<Occasion> {
  const known = await centreId()
  if (known === demoCentreId(demoSeed)) throw new Problem('is_a_demo', { folder: options.dataDir })
  const code = known === null ? activationCode(randomBytes(12)) : null
  const stopped = new AbortController()
  return {
    env: code === null ? {} : { SET_UP_CODE: code },
    agent:
      known === null
        ? untilSetUp(stopped.signal).then((id) => ({ centreId: id }))
        : Promise.resolve({ centreId: known }),
    banner: async (address) => banner(address, code),
    onRunning: () => async () => stopped.abort(),
  }
}
