import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SpoolFiles } from '#devices/agent/journal-file.ts'
import { type NewPunch, Spool, type SpoolOptions } from '#devices/agent/spool.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'))
})
afterEach(async () => {
  for (const spool of opened.splice(0)) await spool.close()
  rmSync(folder, { recursive: true, force: true })
})

const opened: Spool[] = []
async function openSpool(options: SpoolOptions = {}): Promise<Spool> {
  const spool = await Spool.open(folder, options)
  opened.push(spool)
  return spool
}

const journal = () => join(folder, 'spool.journal')
function punch(subject: number): NewPunch {
  return { serial: 'S1', subject: String(subject), at: '2026-03-02T01:00:00.000Z', score: 150, offsetMs: -12 }
}
const subjects = (spool: Spool) => (spool.batch(1000)?.punches ?? []).map(({ seq, subject }) => `${seq}:${subject}`)

/** The real file system, told to whom it may concern, with faults on demand. */
function watchedFiles(story: string[], fault: { on: 'write' | 'datasync' | null } = { on: null }): SpoolFiles {
  const open: SpoolFiles['open'] = async (...args) => {
    const file = await nodeFiles.open(...args)
    return new Proxy(file, {
      get(target, name) {
        const own = Reflect.get(target, name)
        if (typeof own !== 'function') return own
        return (...given: unknown[]) => {
          story.push(String(name))
          if (name === fault.on) {
            // Half of it reaches the file before the disk is full.
            if (name === 'write') appendFileSync(journal(), (given[0] as Buffer).subarray(0, 20))
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
          }
          return own.apply(target, given)
        }
      },
    })
  }
  return { ...nodeFiles, open }
}

describe('the spool', () => {
  test('says that a punch is safe only after it was written and synced', async () => {
    const story: string[] = []
    const spool = await openSpool({ files: watchedFiles(story) })
    story.length = 0
    spool.onAppended(() => story.push('uplink'))
    await spool.append(punch(1)).then(() => story.push('safe'))
    expect(story).toEqual(['write', 'datasync', 'uplink', 'safe'])
    await spool.close()
  })

  test('shares one sync between punches that wait together, and numbers them in order', async () => {
    const story: string[] = []
    const spool = await openSpool({ files: watchedFiles(story) })
    story.length = 0
    const stored = await Promise.all([1, 2, 3, 4].map((subject) => spool.append(punch(subject))))
    expect(stored.map(({ seq, subject }) => `${seq}:${subject}`)).toEqual(['1:1', '2:2', '3:3', '4:4'])
    expect(story.filter((step) => step === 'datasync')).toHaveLength(1)
    await spool.close()
  })

  test('does not wait for the disk to note what the server has, nor let the next finger wait for that', async () => {
    const story: string[] = []
    const spool = await openSpool({ files: watchedFiles(story) })
    await spool.append(punch(1))
    story.length = 0
    await Promise.all([spool.acknowledge(1), spool.append(punch(2))])
    expect(story).toEqual(['write', 'write', 'datasync'])
    expect(subjects(spool)).toEqual(['2:2'])
    await spool.close()
  })

  test('comes back as it was, with the same epoch and the next number', async () => {
    const first = await openSpool()
    for (const subject of [1, 2, 3]) await first.append(punch(subject))
    await first.acknowledge(2)
    await first.close()
    const second = await openSpool()
    expect(second.epoch).toBe(first.epoch)
    expect(subjects(second)).toEqual(['3:3'])
    expect((await second.append(punch(4))).seq).toBe(4)
    await second.close()
  })

  test.each([1, 10, 60, 100])('steps over a tail that was torn %i bytes before its end', async (bytes) => {
    const first = await openSpool()
    for (const subject of [1, 2]) await first.append(punch(subject))
    await first.close()
    truncateSync(journal(), readFileSync(journal()).length - bytes)
    const second = await openSpool()
    expect(subjects(second)).toEqual(['1:1'])
    expect(second.found.tornBytes).toBeGreaterThan(0)
    await second.append(punch(9))
    await second.close()
    expect(subjects(await openSpool())).toEqual(['1:1', '2:9'])
  })

  test('keeps what is good behind a damaged line', async () => {
    const first = await openSpool()
    for (const subject of [1, 2, 3]) await first.append(punch(subject))
    await first.close()
    const text = readFileSync(journal(), 'utf8')
    writeFileSync(journal(), text.replace('"subject":"2"', '"subject":"7"'))
    const second = await openSpool()
    expect(second.found.damagedLines).toBe(1)
    // A batch never has a gap: what lies behind it is sent next.
    expect(subjects(second)).toEqual(['1:1'])
    await second.acknowledge(1)
    expect(subjects(second)).toEqual(['3:3'])
  })

  test('a damaged first line costs the epoch, once, and no punch', async () => {
    const first = await openSpool()
    for (const subject of [1, 2]) await first.append(punch(subject))
    await first.close()
    const text = readFileSync(journal(), 'utf8')
    writeFileSync(journal(), text.replace(first.epoch.slice(0, 4), 'zzzz'))
    const second = await openSpool()
    expect(second.epoch).not.toBe(first.epoch)
    await second.close()
    const third = await openSpool()
    expect(third.epoch).toBe(second.epoch)
    expect(subjects(third)).toEqual(['1:1', '2:2'])
    expect((await third.append(punch(3))).seq).toBe(3)
  })

  test.each(['write', 'datasync'] as const)(
    'a failed %s loses nothing that was safe and reports the rest',
    async (on) => {
      const fault: { on: 'write' | 'datasync' | null } = { on: null }
      const spool = await openSpool({ files: watchedFiles([], fault) })
      await spool.append(punch(1))
      fault.on = on
      await expect(spool.append(punch(2))).rejects.toThrow(/disk is full.*free some space/)
      fault.on = null
      expect((await spool.append(punch(3))).seq).toBe(2)
      await spool.close()
      const again = await openSpool()
      expect(subjects(again)).toEqual(['1:1', '2:3'])
      expect(again.found).toMatchObject({ tornBytes: 0, damagedLines: 0 })
    },
  )

  test('an acknowledgement beyond what exists does not swallow later punches', async () => {
    const spool = await openSpool()
    await spool.append(punch(1))
    await spool.acknowledge(100)
    await spool.append(punch(2))
    expect(subjects(spool)).toEqual(['2:2'])
  })

  test('says what to do when the folder cannot be written', async () => {
    const blocked = join(folder, 'file')
    writeFileSync(blocked, '')
    await expect(Spool.open(join(blocked, 'spool'))).rejects.toThrow(/cannot be kept in .*another dataDir/)
    const denied = Object.assign(new Error('denied'), { code: 'EACCES' })
    const files: SpoolFiles = { ...nodeFiles, open: () => Promise.reject(denied) }
    await expect(openSpool({ files })).rejects.toThrow(/EACCES.*right to write/)
  })

  test('kill -9 loses nothing that was said to be safe', async () => {
    const script = fileURLToPath(new URL('spool-child.ts', import.meta.url))
    const said: string[] = []
    for (const enough of [60, 60]) {
      const before = said.length
      const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = new Promise((resolve) => child.once('close', resolve))
      createInterface({ input: child.stdout }).on('line', (line) => {
        said.push(line.replace(' ', ':'))
        if (said.length >= before + enough) child.kill('SIGKILL')
      })
      await ended
    }
    expect(said.length).toBeGreaterThanOrEqual(120)
    const spool = await openSpool()
    const kept = new Set((spool.batch(1_000_000)?.punches ?? []).map(({ seq, subject }) => `${seq}:${subject}`))
    expect(said.filter((line) => !kept.has(line))).toEqual([])
  }, 60_000)
})
