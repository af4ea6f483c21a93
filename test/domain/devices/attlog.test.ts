import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttlogReading, readAttlog, serialInName } from '#app/domain/devices/attlog.ts'
import { readTerminalTime } from '#app/domain/devices/terminal-record.ts'

const china = 480
const at = Date.parse('2026-08-16T23:05:12.000Z')
const ascii = (text: string) => new TextEncoder().encode(text)

function read(bytes: Uint8Array | string, layout: AttlogReading['layout'] | null = null): AttlogReading {
  const reading = readAttlog(typeof bytes === 'string' ? ascii(bytes) : bytes, { utcOffsetMinutes: china, layout })
  if (!reading.ok) throw new Error(reading.code)
  return reading.value
}

/** "张" and "测" as GB18030 has them. */
const gbName = Uint8Array.of(0xd5, 0xc5, 0xb2, 0xe2)

function join(...parts: (string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? ascii(part) : part)]))
}

function wide(text: string, mark: boolean, big = false): Uint8Array {
  const units = [...(mark ? '\uFEFF' : ''), ...text].map((char) => char.charCodeAt(0))
  return Uint8Array.from(units.flatMap((unit) => (big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])))
}

describe('the time of a terminal', () => {
  it('is its own wall time, by its distance from UTC, to the second', () => {
    expect(readTerminalTime('2026-08-17 07:05:12', china)).toBe(at)
    expect(readTerminalTime('2026-08-17 07:05:12', 0)).toBe(at + 480 * 60_000)
    expect(readTerminalTime('2026-08-17 04:35:12', 330)).toBe(at)
  })

  it.each(['2026/08/17 07:05:12', '2026.8.17 7:05:12', '2026-8-17T07:5:12', '20260817070512', '20260817 070512'])(
    'is read as %s too',
    (text) => expect(readTerminalTime(text, china)).toBe(at),
  )

  it('may be seconds since 1970, which are UTC', () => {
    expect(readTerminalTime(String(at / 1000), china)).toBe(at)
  })

  it.each([
    '',
    '2026-02-30 07:00:00',
    '2026-13-01 07:00:00',
    '2026-08-17',
    '07:05:12',
    '2026-08-17 24:00:00',
    '17/08/2026 07:05:12',
    '2026-08-17 07:60:00',
    '2026-08-17 07:05:60',
    '2026-08/17 07:05:12',
    '1001',
    'x2026-08-17 07:05:12',
    '2026-08-17 07:05:12x',
    '0000-00-00 00:00:00',
  ])('is not %j', (text) => expect(readTerminalTime(text, china)).toBeNull())

  it('comes back from what it was written as', () => {
    const instants = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000)
    fc.assert(
      fc.property(instants, fc.integer({ min: -720, max: 840 }), (ms, offset) => {
        const wall = new Date(ms + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ')
        const inside = Number(wall.slice(0, 4)) >= 1970
        expect(readTerminalTime(wall, offset)).toBe(inside ? ms : null)
      }),
    )
  })
})

describe('the layouts', () => {
  it('six columns of a memory stick: the device stands before the state', () => {
    const { layout, records, columns } = read(
      '1001\t2026-08-17 07:05:12\t1\t0\t15\t0\r\n    7\t2026-08-17 07:06:12\t1\t1\t1\t0\r\n',
    )
    expect(layout).toBe('stick')
    expect(records).toEqual([
      { line: 1, subject: '1001', atMs: at, state: 0, verify: 15 },
      { line: 2, subject: '7', atMs: at + 60_000, state: 1, verify: 1 },
    ])
    expect(columns.map(({ meaning, samples }) => [meaning, samples[1]])).toEqual([
      ['pin', '7'],
      ['time', '2026-08-17 07:06:12'],
      ['device', '1'],
      ['state', '1'],
      ['verify', '1'],
      ['work_code', '0'],
    ])
  })

  it('the columns of a push: seven, or six whose third column goes through the states', () => {
    expect(read('1001\t2026-08-17 07:05:12\t255\t4\t0\t0\t0\n')).toMatchObject({
      layout: 'push',
      records: [{ state: 255, verify: 4 }],
    })
    const six = read('1\t2026-08-17 07:05:12\t0\t1\t0\t0\n2\t2026-08-17 12:05:12\t1\t1\t0\t0\n')
    expect(six).toMatchObject({ layout: 'push', records: [{ state: 0 }, { state: 1, verify: 1 }] })
  })

  it('four columns, and only two', () => {
    expect(read('1001\t2026-08-17 07:05:12\t1\t4\n')).toMatchObject({
      layout: 'short',
      records: [{ state: 1, verify: 4 }],
    })
    expect(read('1001\t2026-08-17 07:05:12\n')).toMatchObject({ records: [{ state: null, verify: null }] })
  })

  it('blanks or commas instead of tabs, and day and time apart', () => {
    const lines = [
      '   1001  2026-08-17 07:05:12  1  0  1  0',
      '1001,2026-08-17 07:05:12,1,0,1,0',
      '1001\t2026-08-17\t07:05:12\t1\t0\t1\t0',
    ]
    for (const line of lines) {
      expect(read(line)).toMatchObject({
        layout: 'stick',
        records: [{ subject: '1001', atMs: at, state: 0, verify: 1 }],
      })
    }
  })

  it('is what somebody says', () => {
    const text = '1001\t2026-08-17 07:05:12\t4\t0\t1\t0\n'
    expect(read(text).records[0]).toMatchObject({ state: 0, verify: 1 })
    expect(read(text, 'push').records[0]).toMatchObject({ state: 4, verify: 0 })
  })

  it('a state that is no number is unknown, and the punch stays', () => {
    expect(read('1001\t2026-08-17 07:05:12\t1\tI\t?\t0\n').records).toEqual([
      { line: 1, subject: '1001', atMs: at, state: null, verify: null },
    ])
  })
})

describe('encodings', () => {
  const line = '1001\t2026-08-17 07:05:12\t1\t0\t1\t'

  it('UTF-8 with and without its mark, GB18030, UTF-16 in both orders', () => {
    const files: [Uint8Array, string][] = [
      [join(line, '0\n'), 'ascii'],
      [join('\uFEFF', line, '张\n'), 'utf8'],
      [join(line, gbName, '\r\n'), 'gb18030'],
      [wide(`${line}张\r\n`, true), 'utf16'],
      [wide(`${line}0\r\n`, false), 'utf16'],
      [wide(`${line}0\r\n`, true, true), 'utf16'],
    ]
    for (const [bytes, encoding] of files) {
      const { records, encodings, bad } = read(bytes)
      expect(encodings).toEqual({ [encoding]: 1 })
      expect(records).toMatchObject([{ subject: '1001', atMs: at }])
      expect(bad).toBe(0)
    }
  })

  it('mixed: each line by its own, and what none can read is named', () => {
    const bytes = join(line, '张\n', line, gbName, '\n', line, '0\n', line, Uint8Array.of(0xff, 0x00, 0xfe), '\n')
    const { records, encodings, bad, problems } = read(bytes)
    expect(encodings).toEqual({ utf8: 1, gb18030: 1, ascii: 1, unreadable: 1 })
    expect(records).toHaveLength(3)
    expect(bad).toBe(1)
    expect(problems).toMatchObject([{ line: 4, field: 'line', code: 'unreadable' }])
  })

  it('what is no text is refused as a whole', () => {
    const zip = Uint8Array.from({ length: 500 }, (_, i) => [0x50, 0x4b, 3, 4, 0, 1, 2][i % 7] as number)
    expect(readAttlog(zip, { utcOffsetMinutes: china })).toMatchObject({ ok: false, code: 'not_text' })
    expect(readAttlog(ascii('\r\n  \n'), { utcOffsetMinutes: china })).toMatchObject({
      ok: false,
      code: 'nothing_in_it',
    })
    expect(readAttlog(new Uint8Array(), { utcOffsetMinutes: china })).toMatchObject({
      ok: false,
      code: 'nothing_in_it',
    })
  })
})

describe('lines that are no records', () => {
  it('are named with line, field, value and what is wrong', () => {
    const text = [
      '1001\t2026-08-17 07:05:12\t1\t0\t1\t0',
      '',
      '\t2026-08-17 07:05:12\t1\t0\t1\t0',
      '10:01\t2026-08-17 07:05:12\t1\t0\t1\t0',
      '1001\t\t1\t0\t1\t0',
      '1001\t2026-08-32 07:05:12\t1\t0\t1\t0',
      'No',
      `1001\t2026-08-17 07:05:12\t${'9'.repeat(500)}`,
    ].join('\r\n')
    const { lines, records, bad, problems } = read(text)
    expect([lines, records.length, bad]).toEqual([7, 1, 6])
    expect(problems.map(({ line, field, code }) => `${line} ${field} ${code}`)).toEqual([
      '3 pin no_pin',
      '4 pin bad_pin',
      '5 time no_time',
      '6 time bad_time',
      '7 line too_few',
      '8 line too_long',
    ])
    expect(problems[3]?.value).toBe('2026-08-32 07:05:12')
  })

  it('are counted beyond what is kept', () => {
    const { bad, problems } = read('x\n'.repeat(5000))
    expect([bad, problems.length]).toEqual([5000, 200])
  })
})

it('the serial number is found in the file name', () => {
  expect(serialInName('CKUG200560001_attlog.dat')).toBe('CKUG200560001')
  expect(serialInName('E:\\CKUG200560001_ATTLOG.DAT')).toBe('CKUG200560001')
  expect(['attlog.dat', '1_attlog.dat', 'CKUG200560001.dat', ''].map(serialInName)).toEqual([null, null, null, null])
})
