import { kioskSerial } from './kiosk-serial.ts'
import {
  isPin,
  joinTime,
  longestLine,
  problemAt,
  type RecordProblem,
  readRecord,
  type TerminalRecord,
} from './terminal-record.ts'

/** Whether a text can be a terminal's serial number 序列号, as it stands in the address of each of its requests. */
export function isTerminalSerial(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text) && text !== kioskSerial
}

export type Greeting = {
  readonly serial: string
  readonly attlogStamp: string | null
  readonly operlogStamp: string | null
  readonly utcOffsetMinutes: number
}

/**
 * What a terminal is told when it greets: from which stamp on it sends, and how often it calls. Old firmware reads Stamp and
 * OpStamp, newer ATTLOGStamp and OPERLOGStamp. The zone is said in whole hours only, because half hours are cut off and
 * would put its clock wrong; then it keeps the zone that was set at its own menu. No templates and no photographs are asked for.
 * Source: time-clock push protocol.
 */
export function greetingText({ serial, attlogStamp, operlogStamp, utcOffsetMinutes }: Greeting): string {
  const wholeHours = utcOffsetMinutes % 60 === 0
  const operations = operlogStamp ?? '9999'
  const lines = [
    `GET OPTION FROM: ${serial}`,
    `Stamp=${attlogStamp ?? '0'}`,
    `OpStamp=${operations}`,
    'PhotoStamp=9999',
    `ATTLOGStamp=${attlogStamp ?? 'None'}`,
    `OPERLOGStamp=${operations}`,
    'ATTPHOTOStamp=9999',
    'ErrorDelay=30',
    'Delay=10',
    'TransTimes=00:00;14:05',
    'TransInterval=1',
    'TransFlag=TransData AttLog\tOpLog\tEnrollUser\tChgUser',
    ...(wholeHours ? [`TimeZone=${utcOffsetMinutes / 60}`] : []),
    'Realtime=1',
    'Encrypt=None',
    'ServerVer=2.4.1',
    'PushProtVer=2.4.1',
    'PushOptionsFlag=1',
  ]
  return `${lines.join('\n')}\n`
}

export type PushedRecords = {
  readonly records: readonly TerminalRecord[]
  readonly problems: readonly (RecordProblem & { readonly raw: string })[]
  /** Lines that are not empty: what the answer counts. */
  readonly lines: number
}

/**
 * The attendance records of one push 考勤记录: two to any number of fields, separated by tabs; lines end in LF or CRLF. Nothing
 * is guessed: a line is a record with a number and a time, or a problem.
 */
export function readAttlogPush(text: string, utcOffsetMinutes: number): PushedRecords {
  const records: TerminalRecord[] = []
  const problems: (RecordProblem & { raw: string })[] = []
  let lines = 0
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    if (blank(raw)) continue
    lines += 1
    const read = readPushLine(index + 1, raw, utcOffsetMinutes)
    if ('record' in read) records.push(read.record)
    else problems.push({ ...read.problem, raw })
  }
  return { records, problems, lines }
}

const blank = (text: string) => text.trim() === '' || /^\0+$/.test(text)

function readPushLine(line: number, raw: string, utcOffsetMinutes: number) {
  if (raw.length > longestLine) return { problem: problemAt(line, 'line', 'too_long', raw) }
  if (/^\s*PIN=/i.test(raw)) return readRecord(line, namedFields(raw), utcOffsetMinutes)
  const fields = joinTime(raw.includes('\t') ? raw.split('\t') : raw.trim().split(/ {2,}/))
  const [pin = '', time, state, verify] = fields
  if (time === undefined) return { problem: problemAt(line, 'line', 'too_few', raw.trim()) }
  return readRecord(line, { pin, time, state, verify }, utcOffsetMinutes)
}

function namedFields(raw: string) {
  const named = keyValues(raw)
  return {
    pin: named.get('pin') ?? '',
    time: named.get('datetime') ?? named.get('time') ?? '',
    state: named.get('status'),
    verify: named.get('verified') ?? named.get('verify'),
  }
}

function keyValues(line: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const part of line.split(/\t| {2,}/)) {
    const at = part.indexOf('=')
    if (at > 0) found.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim())
  }
  return found
}

export type PushedUser = { readonly pin: string; readonly name: string }

const longestName = 40

/**
 * Whom a terminal says it knows 用户: number and name, from OPERLOG and USERINFO lines. Everything else of such a push, above all
 * fingers, faces and photographs, is left unread.
 */
export function readUsers(text: string): PushedUser[] {
  const users = new Map<string, string>()
  for (const raw of text.split(/\r\n|\n|\r/)) {
    if (!/^\s*(USER\s+)?PIN=/i.test(raw) || raw.length > 4 * longestLine) continue
    const named = keyValues(raw.replace(/^\s*USER\s+/i, ''))
    const pin = named.get('pin') ?? ''
    const name = readable(named.get('name') ?? '')
    const carriesTemplate = ['tmp', 'template', 'content', 'fid', 'index'].some((key) => named.has(key))
    if (isPin(pin) && name !== '' && !carriesTemplate) users.set(pin, name)
  }
  return [...users].map(([pin, name]) => ({ pin, name }))
}

/** A name without what no name contains; empty when nothing of it can be read. */
function readable(text: string): string {
  const cleaned = text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\uFFFD]/gu, '').trim()
  return [...cleaned.normalize('NFC')].slice(0, longestName).join('')
}

export type CommandAnswer = {
  readonly number: number
  readonly returned: number
  readonly command: string
  /** What stands below the answer's own lines: options after INFO. */
  readonly content: string
}

/**
 * What a terminal answers to commands: several in one message, one on a line (ID=1&Return=0&CMD=DATA), or one with a line for
 * each part and any text behind. An answer without a number or a result is none.
 */
export function readCommandAnswers(text: string): CommandAnswer[] {
  const answers: CommandAnswer[] = []
  for (const block of blocks(text)) {
    const id = /(?:^|[&\n])\s*ID=(\d{1,9})(?=[&\s]|$)/i.exec(block)?.[1]
    const returned = /(?:^|[&\n])\s*Return=(-?\d{1,6})(?=[&\s]|$)/i.exec(block)?.[1]
    if (id === undefined || returned === undefined) continue
    const command = /(?:^|[&\n])\s*CMD=([A-Za-z ]{1,40})/i.exec(block)?.[1]?.trim() ?? ''
    const content = block.split('\n').slice(1).join('\n').slice(0, 4000)
    answers.push({ number: Number(id), returned: Number(returned), command, content })
  }
  return answers
}

/** A new answer begins with a line that begins with ID=. */
function blocks(text: string): string[] {
  const found: string[] = []
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (/^\s*ID=/i.test(line) || found.length === 0) found.push(line)
    else found.push(`${found.pop()}\n${line}`)
  }
  return found
}

export type TerminalFacts = { readonly model: string | null; readonly firmware: string | null }

/** Model and firmware 型号、固件 out of what a terminal says of itself, as a list of options or as the INFO of its polling. */
export function readTerminalFacts(text: string): TerminalFacts {
  const option = (names: string) =>
    new RegExp(`(?:^|[,&\\n\\t\\r])\\s*~?(?:${names})=([^,&\\n\\t\\r]{1,60})`, 'i').exec(text)?.[1]?.trim() || null
  const polled = /^Ver [\w.-]{1,50}(?=,|$)/.exec(text)?.[0] ?? null
  return { model: option('DeviceName'), firmware: option('FWVersion|FirmVer') ?? polled }
}
