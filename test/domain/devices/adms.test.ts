import { describe, expect, it } from 'vitest'
import {
  greetingText,
  isTerminalSerial,
  readAttlogPush,
  readCommandAnswers,
  readTerminalFacts,
  readUsers,
} from '#app/domain/devices/adms.ts'
import { decodePush } from '#app/domain/devices/attlog-text.ts'
import { isClockJump, measuredOffset, nextStamp } from '#app/domain/devices/terminal-clock.ts'
import { describeCommand, returnMeaning, terminalCommand } from '#app/domain/devices/terminal-commands.ts'

const at = Date.parse('2026-03-17T00:56:12.000Z')

describe('the greeting', () => {
  const greeting = { serial: 'CKUG200560001', attlogStamp: null, operlogStamp: null, utcOffsetMinutes: 480 }
  const options = (changes: Partial<typeof greeting> | { attlogStamp: string }) => {
    const lines = greetingText({ ...greeting, ...changes })
      .trimEnd()
      .split('\n')
    return { first: lines[0], ...Object.fromEntries(lines.slice(1).map((line) => line.split(/=(.*)/s).slice(0, 2))) }
  }

  it('asks for everything when nothing is kept, under the old names and the new', () => {
    expect(options({})).toMatchObject({
      first: 'GET OPTION FROM: CKUG200560001',
      Stamp: '0',
      ATTLOGStamp: 'None',
      OpStamp: '9999',
      OPERLOGStamp: '9999',
      TimeZone: '8',
      Realtime: '1',
    })
  })

  it('asks from the kept stamp on', () => {
    expect(options({ attlogStamp: '82983982' })).toMatchObject({ Stamp: '82983982', ATTLOGStamp: '82983982' })
  })

  it('asks for no finger, no face and no photograph', () => {
    const flags = options({}).TransFlag?.split('\t')
    expect(flags).toEqual(['TransData AttLog', 'OpLog', 'EnrollUser', 'ChgUser'])
    expect(options({})).toMatchObject({ PhotoStamp: '9999', ATTPHOTOStamp: '9999' })
  })

  it('says the zone in whole hours, and nothing where that would be wrong', () => {
    expect(options({ utcOffsetMinutes: -300 })).toMatchObject({ TimeZone: '-5' })
    expect(options({ utcOffsetMinutes: 0 })).toMatchObject({ TimeZone: '0' })
    expect(options({ utcOffsetMinutes: 330 })).not.toHaveProperty('TimeZone')
  })
})

it('a serial number is letters and digits', () => {
  expect(['CKUG200560001', 'a-b_1'].every(isTerminalSerial)).toBe(true)
  expect(['', ' ', 'a b', '../x', 'a'.repeat(65), '机'].some(isTerminalSerial)).toBe(false)
})

describe('pushed records', () => {
  const read = (text: string) => readAttlogPush(text, 480)

  it('have two to any number of fields', () => {
    const { records, lines } = read(
      '1001\t2026-03-17 08:56:12\t0\t1\t0\t0\t0\r\n1002\t2026-03-17 08:56:12\r\n7\t2026-03-17 08:56:12\t255\t15\t\t\t\t\t36.5\n',
    )
    expect(lines).toBe(3)
    expect(records).toEqual([
      { line: 1, subject: '1001', atMs: at, state: 0, verify: 1 },
      { line: 2, subject: '1002', atMs: at, state: null, verify: null },
      { line: 3, subject: '7', atMs: at, state: 255, verify: 15 },
    ])
  })

  it('may have seconds since 1970, blanks around, names for the fields, and zeros behind the last line', () => {
    const texts = [
      `1001\t${at / 1000}\t0\t1`,
      ' 1001 \t 2026-03-17 08:56:12 \t 0 \t 1 ',
      'PIN=1001\tDateTime=2026-03-17 08:56:12\tVerified=1\tStatus=0',
      '1001\t2026-03-17 08:56:12\t0\t1\n\0\0',
    ]
    for (const text of texts) {
      expect(read(text)).toMatchObject({ lines: 1, records: [{ subject: '1001', atMs: at, state: 0, verify: 1 }] })
    }
  })

  it('that are none are kept apart with their line', () => {
    const { records, problems, lines } = read(
      '1001\t2026-03-17 08:56:12\t0\t1\n\t2026-03-17 08:56:12\nnothing\n1001\t2026-3\t0\t1',
    )
    expect([lines, records.length]).toEqual([4, 1])
    expect(problems.map(({ line, code, raw }) => [line, code, raw])).toEqual([
      [2, 'no_pin', '\t2026-03-17 08:56:12'],
      [3, 'too_few', 'nothing'],
      [4, 'bad_time', '1001\t2026-3\t0\t1'],
    ])
  })
})

describe('users', () => {
  it('are numbers and names; templates beside them are left alone', () => {
    const text = [
      'OPLOG 4\t14\t2026-03-17 08:50:00\t0\t0\t0\t0',
      'USER PIN=982\tName=王㛃\tPri=0\tPasswd=1234\tCard=[09E4812202]\tGrp=1',
      'PIN=1\tName=Li Zhe\tPrivilege=14\tCard=',
      'FP PIN=982\tFID=1\tSize=1120\tValid=1\tTMP=SsgTAAAEUAwW',
      'PIN=983\tFID=1\tName=x\tTMP=SsgTAAAEUAwW',
      'BIODATA Pin=982\tNo=0\tTmp=AAAA',
      'USER PIN=3\tName=',
      'USER PIN=a b\tName=x',
    ].join('\r\n')
    expect(readUsers(text)).toEqual([
      { pin: '982', name: '王㛃' },
      { pin: '1', name: 'Li Zhe' },
    ])
  })

  it('are read in the encoding of Chinese terminals too', () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode('USER PIN=7\tName='), 0xd5, 0xc5, 0x09, 0x0a])
    expect(readUsers(decodePush(bytes))).toEqual([{ pin: '7', name: '张' }])
  })
})

describe('answers to commands', () => {
  it('come alone, several together, and over several lines', () => {
    expect(readCommandAnswers('ID=1&Return=0&CMD=DATA')).toMatchObject([{ number: 1, returned: 0, command: 'DATA' }])
    expect(readCommandAnswers('ID=1&Return=0&CMD=DATA\nID=2&Return=-1002&CMD=CHECK\r\n')).toMatchObject([
      { number: 1, returned: 0, command: 'DATA' },
      { number: 2, returned: -1002, command: 'CHECK' },
    ])
    expect(readCommandAnswers('ID=32\nSN=X1\nReturn=-2\nCMD=Shell\nContent=Tue Mar 24\nID of nobody\n')).toMatchObject([
      { number: 32, returned: -2, command: 'Shell' },
    ])
    const info = readCommandAnswers(
      'ID=5&Return=0&CMD=INFO\n~DeviceName=SpeedFace-V5L\nFWVersion=ZAM180-NF-Ver1.1.17\n',
    )
    expect(info).toMatchObject([{ number: 5, returned: 0, command: 'INFO' }])
    expect(readTerminalFacts(info[0]?.content ?? '')).toEqual({
      model: 'SpeedFace-V5L',
      firmware: 'ZAM180-NF-Ver1.1.17',
    })
  })

  it('without number or result are none', () => {
    for (const text of ['', 'Return=0&CMD=INFO', 'ID=x&Return=0', 'ID=1&CMD=INFO', '\0\0']) {
      expect(readCommandAnswers(text)).toEqual([])
    }
  })

  it('tell model and firmware in three ways', () => {
    expect(readTerminalFacts('~DeviceName=X628,MAC=00:17,~SerialNumber=A1,FWVersion=Ver 8.0')).toEqual({
      model: 'X628',
      firmware: 'Ver 8.0',
    })
    expect(readTerminalFacts('Ver 8.0.4.3-20180730,10,5,100,192.168.1.201')).toEqual({
      model: null,
      firmware: 'Ver 8.0.4.3-20180730',
    })
    expect(readTerminalFacts('nothing')).toEqual({ model: null, firmware: null })
  })
})

describe('commands', () => {
  const ask = (kind: string, from = '', pin = '') => terminalCommand({ kind, from, pin }, '2026-11-21')

  it('have fixed forms', () => {
    expect(ask('info')).toMatchObject({ value: 'INFO' })
    expect(ask('again_from', '2026-11-01')).toMatchObject({
      value: 'DATA QUERY ATTLOG StartTime=2026-11-01 00:00:00\tEndTime=2026-11-21 00:00:00',
    })
    expect(ask('delete_user', '', '982')).toMatchObject({ value: 'DATA DELETE USERINFO PIN=982' })
  })

  it('take nothing but a day and a number', () => {
    expect(ask('shell')).toMatchObject({ ok: false, code: 'command_unknown' })
    expect(ask('again_from', '2026-11-31')).toMatchObject({ ok: false, code: 'day_missing' })
    expect(ask('again_from', '2026-11-22')).toMatchObject({ ok: false, code: 'day_ahead' })
    for (const pin of ['', '1\nC:9:SHELL reboot', '1\tName=x', '*']) {
      expect(ask('delete_user', '', pin)).toMatchObject({ ok: false, code: 'pin_missing' })
    }
  })

  it('are recognised again', () => {
    for (const [kind, from, pin] of [
      ['info', '', ''],
      ['again', '', ''],
      ['users', '', ''],
      ['again_from', '2026-11-01', ''],
      ['delete_user', '', '9'],
    ] as const) {
      const made = ask(kind, from, pin)
      expect(made.ok && describeCommand(made.value)).toEqual({ kind, about: from + pin })
    }
    expect([0, -1, -2, -1002, -1004, 7].map(returnMeaning)).toEqual([
      'done',
      'unsupported',
      'failed',
      'refused',
      'no_such',
      'other',
    ])
  })
})

describe('the clock of a terminal', () => {
  const nowMs = at
  const contact = { nowMs, seenMs: nowMs - 5000, pushedMs: null, offsetMs: null }

  it('is measured by one record out of quiet while in contact', () => {
    expect(measuredOffset(nowMs - 3000, 1, contact)).toBe(-3000)
    expect(measuredOffset(nowMs + 600_000, 1, contact)).toBe(600_000)
  })

  it('is not measured by a backlog, after silence, or in a stream of old records', () => {
    expect(measuredOffset(nowMs - 3000, 2, contact)).toBeNull()
    expect(measuredOffset(nowMs - 3000, 1, { ...contact, seenMs: nowMs - 600_000 })).toBeNull()
    expect(measuredOffset(nowMs - 3000, 1, { ...contact, seenMs: null })).toBeNull()
    expect(measuredOffset(nowMs - 3_600_000, 1, { ...contact, pushedMs: nowMs - 2000 })).toBeNull()
    expect(measuredOffset(nowMs - 5 * 86_400_000, 1, contact)).toBeNull()
  })

  it('stays measured in the rush of the morning', () => {
    expect(measuredOffset(nowMs - 4000, 1, { ...contact, pushedMs: nowMs - 2000, offsetMs: -1000 })).toBe(-4000)
  })

  it('jumps by more than a minute', () => {
    expect(isClockJump(-2000, 9_000_000)).toBe(true)
    expect(isClockJump(-2000, -40_000)).toBe(false)
    expect(isClockJump(null, 9_000_000)).toBe(false)
  })
})

describe('the stamp', () => {
  it('moves forward with what is stored', () => {
    expect(nextStamp(null, '100', 5)).toEqual({ stamp: '100', again: false })
    expect(nextStamp('100', '205', 5)).toEqual({ stamp: '205', again: false })
    expect(nextStamp('9', '10', 1)).toEqual({ stamp: '10', again: false })
  })

  it('moves by nothing that says nothing', () => {
    for (const sent of [null, '', 'None', '0', '9999', '-1', '1e9']) {
      expect(nextStamp('100', sent, 5)).toEqual({ stamp: '100', again: false })
    }
  })

  it('below the kept one with news, asks for everything; without news it is history', () => {
    expect(nextStamp('50000', '101', 1)).toEqual({ stamp: null, again: true })
    expect(nextStamp('50000', '101', 0)).toEqual({ stamp: '50000', again: false })
  })
})
