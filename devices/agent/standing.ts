import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import { ownerOnly } from './journal-file.ts'
import type { Log } from './log.ts'
import { ServerError } from './server.ts'

/** How the server treats this agent. Kept in a file, so that it can be asked for without the agent's help. */
export type Standing = {
  /** The server's name for its refusal of this agent as such; null while it talks with it. */
  readonly refused: string | null
  /** How long to leave a server alone that refuses this agent. */
  readonly againInMs: number
  answered(): void
  /** Takes note of refusals that concern the agent as such; everything else passes. */
  failed(error: unknown): void
}

/** Refusals of the agent itself, with what to do. Whatever stands in its spool stays there. */
const refusals = {
  agent_revoked: {
    zh: '服务器已停用这个采集程序。打卡照常保存在本机；在读卡器页面新增采集程序，把新配对码写进配置后重新启动。',
    en: 'The server has revoked this agent. Fingers are kept here all the same; add an agent on the readers page, put the new code into the configuration and start again.',
  },
  agent_unknown: {
    zh: '服务器不认识这个采集程序（可能恢复了更早的备份，或地址指向另一台服务器）。打卡照常保存在本机；核对地址，或用新配对码重新配对。',
    en: 'The server does not know this agent: an older backup may have been restored, or the address is another server’s. Fingers are kept here; check the address, or pair anew with a new code.',
  },
  agent_signature: {
    zh: '服务器不接受这个采集程序的签名（密钥与配对时不同）。打卡照常保存在本机；用新配对码重新配对。',
    en: 'The server does not accept this agent’s signature: its key is not the one it was paired with. Fingers are kept here; pair anew with a new code.',
  },
  agent_unsigned: {
    zh: '到达服务器的请求没有签名（中间的代理可能删去了请求头）。打卡照常保存在本机；请让代理原样转发 x-agent 请求头。',
    en: 'Requests reach the server without a signature: a proxy in between may remove headers. Fingers are kept here; let the proxy pass the x-agent headers unchanged.',
  },
} as const

type Refusal = keyof typeof refusals
const isRefusal = (code: string | null): code is Refusal => code !== null && code in refusals

const stateFile = z.object({ refused: z.string().nullable(), since: z.string() })
export type StoredStanding = z.infer<typeof stateFile>

const pathIn = (dataDir: string) => join(dataDir, 'agent.state')

export function standingOf(options: { dataDir: string; clock: Clock; log: Log; againInMs: number }): Standing {
  const { dataDir, clock, log } = options
  let refused: string | null = readStanding(dataDir)?.refused ?? null
  const change = (code: string | null) => {
    refused = code
    keep(dataDir, { refused: code, since: new Date(clock.now()).toISOString() })
  }
  return {
    get refused() {
      return refused
    },
    againInMs: options.againInMs,
    answered() {
      if (refused === null) return
      change(null)
      log.info({}, 'the server talks with this agent again')
    },
    failed(error) {
      const code = error instanceof ServerError ? error.code : null
      if (!isRefusal(code) || code === refused) return
      change(code)
      log.error({ code, ...refusals[code] }, 'the server refuses this agent')
    },
  }
}

/** What is known of the server's attitude; null when it never refused. */
export function readStanding(dataDir: string): StoredStanding | null {
  try {
    return stateFile.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
  } catch {
    return null
  }
}

/** The sentence for a refusal, Chinese and English. */
export function refusalText(code: string): { zh: string; en: string } {
  return isRefusal(code) ? refusals[code] : { zh: code, en: code }
}

/** For people only: that it could not be written is no trouble. */
function keep(dataDir: string, state: StoredStanding): void {
  try {
    writeFileSync(`${pathIn(dataDir)}.new`, `${JSON.stringify(state)}\n`, { mode: ownerOnly })
    renameSync(`${pathIn(dataDir)}.new`, pathIn(dataDir))
  } catch {
    // The log has said it.
  }
}
