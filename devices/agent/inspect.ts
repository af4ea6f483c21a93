import { existsSync } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import type { PunchRecord } from '#devices/contract.ts'
import { ConfigError } from './config.ts'
import { readJournal } from './journal.ts'
import { punchesOf, type Scan, scan } from './segments.ts'
import { readStanding, refusalText } from './standing.ts'

/**
 * Commands that read a data folder while its agent runs. Nothing is opened for writing; a file that is just being
 * closed under another name is looked for once more.
 */
type Say = (line: string) => void

const folderOf = (dataDir: string) => {
  const inside = join(dataDir, 'spool')
  return existsSync(inside) ? inside : dataDir
}

async function lookInto(folder: string): Promise<Scan> {
  for (let tries = 0; ; tries++) {
    try {
      if (!existsSync(folder)) throw nothingIn(folder)
      const found = await scan(nodeFiles, folder)
      if (found.fresh) throw nothingIn(folder)
      return found
    } catch (error) {
      const moved = error instanceof Error && 'code' in error && error.code === 'ENOENT' && existsSync(folder)
      if (!moved || tries >= 3) throw error
    }
  }
}

/** A misspelt folder must not look like an agent that has nothing to deliver. */
const nothingIn = (folder: string) =>
  new ConfigError(
    `${folder}：这里没有打卡暂存，请写采集程序的 dataDir / there is no spool here: write the dataDir of the agent`,
  )

type Summary = {
  folder: string
  epoch: string
  epochs: { epoch: string; first: number; last: number; through: number; waiting: number }[]
  bytes: number
  files: number
  tornBytes: number
  damagedLines: number
}

/** Counts every line, so that damage in the middle of old files shows as well. */
async function summarise(folder: string, found: Scan): Promise<Summary> {
  const epochs = new Map<string, Summary['epochs'][number]>()
  let damagedLines = 0
  for (const { name, epoch } of found.segments) {
    const reading = readJournal(await nodeFiles.readFile(join(folder, name)).catch(() => Buffer.alloc(0)))
    damagedLines += reading.damagedLines
    const through = found.through.get(epoch) ?? 0
    for (const { seq } of punchesOf(reading)) {
      const known = epochs.get(epoch) ?? { epoch, first: seq, last: seq, through, waiting: 0 }
      epochs.set(epoch, { ...known, last: seq, waiting: known.waiting + (seq > through ? 1 : 0) })
    }
  }
  const bytes = found.segments.reduce((sum, segment) => sum + segment.bytes, 0)
  const { tornBytes } = found.active
  const files = found.segments.length
  return { folder, epoch: found.epoch, epochs: [...epochs.values()], bytes, files, tornBytes, damagedLines }
}

/** How an agent stands: with its server and with its spool. */
export async function sayStatus(dataDir: string, { json }: { json: boolean }, say: Say): Promise<void> {
  const folder = folderOf(dataDir)
  const summary = await summarise(folder, await lookInto(folder))
  const standing = readStanding(dataDir)
  if (json) {
    say(JSON.stringify({ ...summary, refused: standing?.refused ?? null, since: standing?.since ?? null }))
    return
  }
  if (standing?.refused) {
    const { zh, en } = refusalText(standing.refused)
    say(`服务器拒绝 refused: ${standing.refused}, ${standing.since}\n  ${zh}\n  ${en}`)
  } else say('服务器没有拒绝 not refused by the server')
  saySummary(summary, say)
}

function saySummary(summary: Summary, say: Say): void {
  say(`暂存 spool: ${summary.folder} (${summary.files} files, ${summary.bytes} bytes)`)
  for (const { epoch, first, last, through, waiting } of summary.epochs) {
    const present = epoch === summary.epoch ? ' *' : ''
    say(`  epoch ${epoch}${present}: ${first}–${last}，已送达 delivered ${through}，待送 waiting ${waiting}`)
  }
  if (summary.epochs.length === 0) say(`  epoch ${summary.epoch} *: 空 empty`)
  say(`  损坏 damaged lines: ${summary.damagedLines}，末尾残缺 torn bytes: ${summary.tornBytes}`)
}

/** Every punch of the spool, oldest first; with JSON one object a line. */
export async function saySpool(
  dataDir: string,
  { json, from }: { json: boolean; from: number },
  say: Say,
): Promise<void> {
  const folder = folderOf(dataDir)
  const found = await lookInto(folder)
  if (!json) saySummary(await summarise(folder, found), say)
  for (const { name, epoch } of found.segments) {
    const bytes = await nodeFiles.readFile(join(folder, name)).catch(() => Buffer.alloc(0))
    const through = found.through.get(epoch) ?? 0
    for (const punch of punchesOf(readJournal(bytes))) {
      const kept = { epoch, ...punch, delivered: punch.seq <= through }
      if (punch.seq >= from) say(json ? JSON.stringify(kept) : lineOf(kept))
    }
  }
}

function lineOf({ seq, at, serial, subject, offsetMs, delivered }: PunchRecord & { delivered: boolean }): string {
  const offset = offsetMs === null ? '未测量 unmeasured' : `${offsetMs} ms`
  return `${delivered ? '  ' : '待'} ${String(seq).padStart(8)}  ${at}  ${serial}  ${subject}  ${offset}`
}
