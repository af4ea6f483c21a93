import { describe, expect, it } from 'vitest'
import {
  greetingText,
  readAttlogPush,
  readCommandAnswers,
  readTerminalFacts,
  readUsers,
} from '#app/domain/devices/adms.ts'
import { readAttlog } from '#app/domain/devices/attlog.ts'
import { decodePush } from '#app/domain/devices/attlog-text.ts'
import type { TerminalRecord } from '#app/domain/devices/terminal-record.ts'

/** A small generator of its own (mulberry32), so that a finding can be run again from its number. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const encoder = new TextEncoder()
const seeds = [
  '1001\t2026-03-17 08:56:12\t0\t1\t0\t0\t0\r\n7\t2026-03-17 08:56:12\t255\t15\t0\t0\t0\n',
  '    1001\t2026-08-17 07:05:12\t1\t0\t1\t0\r\n   2\t2026/8/17 7:05:12\t1\t1\t4\t0\r\n',
  '1001,2026-08-17 07:05:12,1,0,1,0\n1001  2026-08-17 07:05:12  1  0\n',
  '9\t1773708972\t0\t1\n9\t20260817070512\t0\t1\n',
  'PIN=1001\tDateTime=2026-03-17 08:56:12\tVerified=1\tStatus=0\n',
  'USER PIN=982\tName=王㛃\tPri=0\tPasswd=1\tCard=[09]\nFP PIN=982\tFID=1\tTMP=SsgTAAAEUAwW\n',
  'ID=1&Return=0&CMD=DATA\nID=2&Return=-1002&CMD=CHECK\nID=32\nReturn=0\nCMD=Shell\nContent=x\n',
  '~DeviceName=X628,MAC=00:17,FWVersion=Ver 8.0\nVer 8.0.4.3-20180730,10,5',
].map((seed) => encoder.encode(seed))
const sharp = [0x00, 0x09, 0x0a, 0x0d, 0x20, 0x2c, 0x2d, 0x30, 0x39, 0x3a, 0x3d, 0x26, 0x80, 0xd5, 0xef, 0xfe, 0xff]

type Next = () => number
const pick = <T>(next: Next, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T

/** What happens to bytes: changed, left out, put in, doubled, cut off. */
const harms: readonly ((bytes: number[], at: number, next: Next) => void)[] = [
  (bytes, at, next) => bytes.splice(at, 1, pick(next, sharp)),
  (bytes, at, next) => bytes.splice(at, 1, Math.floor(next() * 256)),
  (bytes, at, next) => bytes.splice(at, Math.ceil(next() * 4)),
  (bytes, at, next) => bytes.splice(at, 0, pick(next, sharp)),
  (bytes, at) => bytes.splice(at, 0, ...bytes.slice(at, at + 12)),
  (bytes, at) => bytes.splice(at + 20),
]

/** A seed, or two, harmed as cables, sticks and people do it. */
function mutated(next: Next): Uint8Array {
  const bytes = [...pick(next, seeds), ...(next() < 0.2 ? pick(next, seeds) : [])]
  for (let left = Math.floor(next() * 6); left > 0; left -= 1) {
    pick(next, harms)(bytes, Math.floor(next() * bytes.length), next)
  }
  return Uint8Array.from(bytes)
}

const offset = 480

/** What a line says of a record, found in another way than the parser's: by its groups of digits alone. */
function instantsIn(line: string): number[] {
  const groups = [...line.matchAll(/\d+/g)].map((group) => group[0])
  return groups.flatMap((group, index) => {
    if (/^\d{9,10}$/.test(group)) return [Number(group) * 1000]
    const flat = flatTime.exec(group + (group.length === 8 ? (groups[index + 1] ?? '') : ''))
    const [y = 0, m = 0, d = 0, h = 0, mi = 0, s = 0] = (flat?.slice(1) ?? groups.slice(index, index + 6)).map(Number)
    return [s, 0].map((second) => Date.UTC(y, m - 1, d, h, mi, second) - offset * 60_000)
  })
}

const flatTime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/

function check(record: TerminalRecord, line: string | undefined): void {
  const says = line?.includes(record.subject) && instantsIn(line).includes(record.atMs)
  const sane = /^[\w.-]{1,24}$/.test(record.subject) && Number.isSafeInteger(record.atMs)
  const hints = [record.state, record.verify].every((hint) => hint === null || (hint >= 0 && hint <= 255))
  if (!says || !sane || !hints) throw new Error(`${JSON.stringify(record)} out of ${JSON.stringify(line)}`)
}

const rounds = 100_000

/** Reads a push in every way there is; answers how many records it made. */
function readPush(text: string): number {
  const lines = text.split(/\r\n|\n|\r/)
  const read = readAttlogPush(text, offset)
  for (const record of read.records) check(record, lines[record.line - 1])
  const users = readUsers(text).every((user) => user.name !== '' && !/tmp=/i.test(user.name))
  const answers = readCommandAnswers(text).every((one) => [one.number, one.returned].every(Number.isSafeInteger))
  readTerminalFacts(text)
  const counted = read.records.length + read.problems.length === read.lines
  if (!users || !answers || !counted) throw new Error(JSON.stringify(text))
  return read.records.length
}

/** The same of a memory stick. */
function readStick(bytes: Uint8Array): number {
  const reading = readAttlog(bytes, { utcOffsetMinutes: offset })
  if (!reading.ok) return 0
  const { records, bad, lines } = reading.value
  if (records.length + bad !== lines) throw new Error(JSON.stringify([...bytes]))
  const texts = decodePush(bytes).split('\n')
  for (const record of records) check(record, texts[record.line - 1])
  return records.length
}

describe('mutated inputs', () => {
  it('of a push never throw, and never make a record that the line does not say', () => {
    const next = random(20_261_120)
    let records = 0
    for (let i = 0; i < rounds; i += 1) records += readPush(decodePush(mutated(next)))
    expect(records).toBeGreaterThan(rounds / 4)
  }, 120_000)

  it('of a memory stick never throw, never make such a record, and account for every line', () => {
    const next = random(4711)
    let records = 0
    for (let i = 0; i < rounds; i += 1) records += readStick(mutated(next))
    expect(records).toBeGreaterThan(rounds / 4)
  }, 120_000)

  it('of anything at all never throw', () => {
    const next = random(7)
    for (let i = 0; i < 20_000; i += 1) {
      const bytes = Uint8Array.from({ length: Math.floor(next() * 300) }, () => Math.floor(next() * 256))
      readPush(decodePush(bytes))
      readStick(bytes)
    }
    expect(greetingText({ serial: 'X', attlogStamp: null, operlogStamp: null, utcOffsetMinutes: 0 })).not.toContain(
      '\0',
    )
  }, 120_000)
})
