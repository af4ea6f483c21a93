import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '#devices/agent/config.ts'
import { obey } from '#devices/agent/program.ts'
import { Spool } from '#devices/agent/spool.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
  path = join(folder, 'agent.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const good = { server: 'https://hall.example', dataDir: 'data', name: '东门', discover: true }
const write = (config: unknown) => writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config))

function toldBy(work: () => unknown): string {
  try {
    return work() ? '' : ''
  } catch (error) {
    return String(error)
  }
}

/** What the program says and how it ends. */
async function said(...words: string[]): Promise<{ text: string; status: number | null }> {
  const lines: string[] = []
  const asked = await obey(words, {}, (line) => lines.push(line))
  return { text: lines.join('\n'), status: 'ended' in asked ? asked.ended : null }
}

describe('the environment', () => {
  test('wins over the file, field by field', () => {
    write(good)
    const reader = { serial: 'A1', profile: 'raw64', dialect: 'syno' }
    const config = loadConfig(path, {
      WINDOW_STAFF_AGENT_NAME: '西门',
      WINDOW_STAFF_AGENT_READERS: JSON.stringify([reader]),
      WINDOW_STAFF_AGENT_DISCOVER: 'false',
      WINDOW_STAFF_AGENT_KEEP_DAYS: '7',
      PATH: '/usr/bin',
    })
    expect(config).toMatchObject({ server: good.server, name: '西门', discover: false, keepDays: 7 })
    expect(config.readers).toEqual([{ ...reader, emulated: false, password: 0 }])
    expect(config.dataDir).toBe(join(folder, 'data'))
  })

  test('can say everything, without a file', () => {
    const environment = {
      WINDOW_STAFF_AGENT_SERVER: 'http://10.0.0.5:3000',
      WINDOW_STAFF_AGENT_DATA_DIR: '/var/lib/agent',
      WINDOW_STAFF_AGENT_NAME: '4',
    }
    expect(loadConfig(null, environment)).toMatchObject({ name: '4', dataDir: '/var/lib/agent', readers: [] })
  })

  test('is refused where it names what does not exist', () => {
    write(good)
    expect(() => loadConfig(path, { WINDOW_STAFF_AGENT_SERVR: 'x' })).toThrow(
      /WINDOW_STAFF_AGENT_SERVR.*没有这个环境变量/,
    )
    expect(() => loadConfig(path, { WINDOW_STAFF_AGENT_CONFIG: 'x' })).not.toThrow()
  })
})

describe('a wrong configuration', () => {
  test.each([
    [
      'server',
      { ...good, server: 'ftp://x' },
      /server：不能是 "ftp:\/\/x"，.*https.* \/ cannot be "ftp:\/\/x": .*https/,
    ],
    ['no server', { dataDir: 'd', name: 'n' }, /server：没有写，.* \/ is missing: write/],
    ['name', { ...good, name: 'x'.repeat(81) }, /name：.*1 到 80 个字.*1 to 80 characters/],
    ['reader', { ...good, readers: [{ serial: 'A', profile: 'usb' }] }, /readers\[0\]\.profile：不能是 "usb".*cp2110/],
    ['days', { ...good, keepDays: 0.5 }, /keepDays：不能是 0.5.*1 到 3650/],
    ['discover', { ...good, discover: 'yes' }, /discover：不能是 "yes".*true/],
    ['unknown', { ...good, readres: [] }, /readres：没有这个设置.*no such setting/],
    [
      'unknown inside',
      { ...good, readers: [{ serial: 'A', profile: 'raw64', baud: 9600 }] },
      /readers\[0\]\.baud：没有/,
    ],
    ['not an object', '[1]', /不能是 \[1\]/],
    ['no JSON', '{ server', /读不出来.*cannot be read/],
  ])('(%s) is told with field, value and remedy', (_, config, told) => {
    write(config)
    expect(() => loadConfig(path)).toThrow(told)
  })

  test('tells everything that is wrong at once, and no secret', () => {
    write({ ...good, server: 1, pairingCode: 'ab', readers: [{ serial: 'A', profile: 'raw64', password: -77 }] })
    const told = toldBy(() => loadConfig(path))
    for (const field of ['server', 'pairingCode', 'readers[0].password']) expect(told).toContain(`${field}：`)
    expect(told).not.toContain('"ab"')
    expect(told).not.toContain('-77')
  })

  test('shows no secret that stands inside something else that is wrong', () => {
    const readers = [{ serial: 'A', profile: 'raw64', emulated: 'no', password: 4711 }]
    write({ ...good, readers })
    expect(() => loadConfig(path)).toThrow(/readers\[0\]\.emulated：/)
    expect(toldBy(() => loadConfig(path))).not.toContain('4711')
    write(good)
    const torn = { WINDOW_STAFF_AGENT_READERS: '[{"serial":"A","profile":"raw64","password":4711' }
    expect(() => loadConfig(path, torn)).toThrow(/readers：/)
    expect(toldBy(() => loadConfig(path, torn))).not.toContain('4711')
  })

  test('that names one reader twice is refused: two would pull at one device', () => {
    const reader = { serial: 'A1', profile: 'raw64' }
    write({ ...good, readers: [reader, { serial: 'B2', profile: 'raw64' }, { ...reader, profile: 'cp2110' }] })
    expect(() => loadConfig(path)).toThrow(/readers\[2\]\.serial：不能是 "A1".*不能写两次.*cannot be "A1".*twice/)
  })

  test('that is no object says what it should be', () => {
    write([])
    expect(() => loadConfig(path)).toThrow(/\[\]，写一个 JSON 对象.*write a JSON object/)
  })
})

describe('commands', () => {
  test.each([['status'], ['spool']])('%s of a folder without a spool says so, and makes none', async (command) => {
    const nowhere = join(folder, 'nowhere')
    expect(await said(command, nowhere)).toMatchObject({
      status: 1,
      text: expect.stringMatching(/nowhere.*没有.*no spool/),
    })
    expect(await said(command, folder)).toMatchObject({ status: 1 })
    expect(existsSync(nowhere)).toBe(false)
  })

  test('words that are not understood are told with those that are', async () => {
    for (const words of [['status'], ['spool', folder, '--from', 'abc'], ['--nonsense']]) {
      expect(await said(...words)).toMatchObject({
        status: 1,
        text: expect.stringMatching(/(DATADIR|abc|nonsense)[\s\S]*用法 usage/),
      })
    }
  })

  test('check says what a configuration means, without its code', async () => {
    write({ ...good, pairingCode: 'ABCD-2345', readers: [{ serial: 'A1', profile: 'raw64' }] })
    const { text, status } = await said('check', path)
    expect(status).toBe(0)
    for (const part of ['配置有效', 'https://hall.example', '东门', 'A1 (raw64)', 'CP2110', join(folder, 'data')]) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('ABCD-2345')
    write({ ...good, server: '' })
    expect(await said('check', path)).toMatchObject({ status: 1, text: expect.stringContaining('server') })
  })

  test('spool and status read the folder of an agent that is at work', async () => {
    const spool = await Spool.open(join(folder, 'spool'), { segmentBytes: 600 })
    const at = '2026-03-02T01:00:00.000Z'
    for (let subject = 1; subject <= 9; subject++) {
      await spool.append({ serial: 'S1', subject: String(subject), at, score: 1, offsetMs: null })
    }
    await spool.acknowledge(6)
    const listed = await said('spool', folder, '--json', '--from', '5')
    const punches = listed.text.split('\n').map((line) => JSON.parse(line))
    expect(punches.map(({ seq, delivered }) => [seq, delivered])).toEqual([
      [5, true],
      [6, true],
      [7, false],
      [8, false],
      [9, false],
    ])
    expect(punches[0]).toMatchObject({ epoch: spool.epoch, serial: 'S1', subject: '5', at })
    const people = (await said('spool', folder)).text
    expect(people).toContain(`epoch ${spool.epoch} *: 1–9，已送达 delivered 6，待送 waiting 3`)
    expect(people.split('\n').filter((line) => line.includes(at))).toHaveLength(9)
    const status = JSON.parse((await said('status', folder, '--json')).text)
    expect(status).toMatchObject({ refused: null, damagedLines: 0, epochs: [{ first: 1, last: 9, waiting: 3 }] })
    expect((await spool.append({ serial: 'S1', subject: '10', at, score: 1, offsetMs: null })).seq).toBe(10)
    await spool.close()
    writeFileSync(join(folder, 'agent.state'), JSON.stringify({ refused: 'agent_revoked', since: at }))
    expect((await said('status', folder)).text).toMatch(/agent_revoked.*\n.*停用.*\n.*revoked/)
  })
})
