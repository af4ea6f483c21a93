import { describe, expect, test } from 'vitest'
import { identifier } from '#devices/driver/identify.ts'
import { openReader, type Reader } from '#devices/driver/reader.ts'
import { takenSlots } from '#devices/driver/slots.ts'
import { openLink, type Profile } from '#devices/link/profile.ts'
import { ReaderError } from '#devices/protocol/codes.ts'
import { upChar } from '#devices/protocol/command.ts'
import { listeners, type Transport } from '#devices/transport/transport.ts'
import { moduleFrame, plainModule, type Random, seeded } from './fuzz-module.ts'

const reportsInAll = 1_000_000
const readersAtOnce = 250

/** Cuts a packet into the reports that the bridge would send. */
function reportsOf(profile: Profile, frame: Uint8Array): Uint8Array[] {
  const size = profile === 'raw64' ? 64 : 63
  const reports: Uint8Array[] = []
  for (let at = 0; at < frame.length; at += size) {
    const part = frame.subarray(at, at + size)
    const report = new Uint8Array(profile === 'raw64' ? 64 : part.length + 1)
    report.set(part, profile === 'raw64' ? 0 : 1)
    if (profile === 'cp2110') report[0] = part.length
    reports.push(report)
  }
  return reports
}

function flipped(random: Random, report: Uint8Array): Uint8Array {
  const result = report.slice()
  for (let flips = 1 + random.below(4); flips > 0; flips--) {
    const at = random.below(result.length)
    result[at] = (result[at] ?? 0) ^ (1 << random.below(8))
  }
  return result
}

/** Two bits that cancel each other in a sum: the checksum still holds. */
function cancelling(random: Random, report: Uint8Array): Uint8Array {
  const result = report.slice()
  const bit = 1 << random.below(8)
  const places = [...result.keys()].filter((at) => at >= 9)
  const set = places.filter((at) => (result[at] ?? 0) & bit)
  const clear = places.filter((at) => !((result[at] ?? 0) & bit))
  const [from, to] = [set[random.below(set.length)], clear[random.below(clear.length)]]
  if (from === undefined || to === undefined) return result
  result[from] = (result[from] ?? 0) ^ bit
  result[to] = (result[to] ?? 0) ^ bit
  return result
}

/** A match with a right checksum that answers nothing anybody asked. */
const forged = (random: Random, profile: Profile) =>
  reportsOf(profile, moduleFrame(7, [0, 0, 60 + random.below(80), random.below(2), random.below(256)]))

type Way = (random: Random, reports: Uint8Array[], profile: Profile) => Uint8Array[]

const insert = (random: Random, reports: Uint8Array[], more: Uint8Array[]) =>
  reports.toSpliced(random.below(reports.length + 1), 0, ...more)
const change = (random: Random, reports: Uint8Array[], by: (random: Random, report: Uint8Array) => Uint8Array) => {
  const at = random.below(reports.length)
  return reports.map((report, index) => (index === at ? by(random, report) : report))
}

const ways: Way[] = [
  (random, reports) => change(random, reports, flipped),
  (random, reports) => change(random, reports, cancelling),
  (random, reports) => change(random, reports, (_, report) => report.subarray(0, random.below(report.length + 1))),
  (random, reports) => insert(random, reports, [reports[random.below(reports.length)] ?? new Uint8Array(0)]),
  (random, reports) => reports.toSorted(() => random.next() - 0.5),
  (random, reports) => reports.filter(() => random.chance(0.6)),
  (_, reports) => [Uint8Array.from(reports.flatMap((report) => [...report]))],
  (random, reports) => insert(random, reports, [random.bytes(64)]),
  (random, reports) => insert(random, reports, [Uint8Array.from([0xef, 0x01, ...random.bytes(62)])]),
  (random, reports, profile) => insert(random, reports, forged(random, profile)),
  (random, reports, profile) => insert(random, reports, reportsOf(profile, moduleFrame(7, [random.below(256)]))),
  (random, reports) =>
    insert(
      random,
      reports,
      Array.from({ length: 60 }, () => random.bytes(1 + random.below(64))),
    ),
  () => [],
]

type Tally = { reports: number; punches: number; wrong: string[]; errors: Map<string, number> }

/** A cable on which everything goes wrong that can; what was held back comes with a later answer. */
function badCable(profile: Profile, random: Random, tally: Tally) {
  const module = plainModule(random)
  const data = listeners<Uint8Array>()
  let quiet = true
  let late: Uint8Array[] = []
  const deliver = (reports: Uint8Array[]) => {
    for (const report of reports) {
      tally.reports++
      data.call(report)
    }
  }
  const answer = (request: readonly number[]) => {
    let reports = module.answer(request).flatMap((frame) => reportsOf(profile, frame))
    if (!quiet) {
      const before = late
      late = []
      while (reports.length > 0 && random.chance(0.4)) {
        reports = ways[random.below(ways.length)]?.(random, reports, profile) ?? reports
      }
      if (random.chance(0.03)) [late, reports] = [reports, []]
      reports = [...before, ...reports]
    }
    queueMicrotask(() => deliver(reports))
  }
  const transport: Transport = {
    // Every command here fits into one report; behind its id byte: 9 bytes of head, the payload, 2 of checksum.
    write: async (report) => {
      const frame = report.subarray(1)
      answer([...frame.subarray(9, 7 + (frame[8] ?? 0))])
    },
    sendFeature: async () => undefined,
    onData: data.add,
    onError: () => () => undefined,
    close: async () => undefined,
  }
  return { module, transport, spoil: () => (quiet = false) }
}

async function survive(profile: Profile, seed: number, tally: Tally, budget: number): Promise<void> {
  const random = seeded(seed)
  const { module, transport, spoil } = badCable(profile, random, tally)
  const reader = await openReader(await openLink(profile, transport), { dialect: 'grow', patience: 0.001, drainMs: 1 })
  spoil()
  const identify = identifier(reader, {
    accept: async ({ slot }) => {
      tally.punches++
      const truth = module.onGlass()
      if (truth !== slot) tally.wrong.push(`${profile} seed ${seed}: slot ${slot} while ${truth} lay there`)
    },
    emit: () => undefined,
    now: () => 0,
    pollMs: 0,
  })
  for (const until = tally.reports + budget; tally.reports < until; ) {
    await attempt(tally, () => (random.chance(0.9) ? identify.step() : other(reader, random)))
  }
  await reader.close()
}

/** What an agent asks between two looks. */
async function other(reader: Reader, random: Random): Promise<void> {
  const questions = [() => reader.count(), () => takenSlots(reader), () => reader.ask(upChar(1))]
  await questions[random.below(questions.length)]?.()
}

async function attempt(tally: Tally, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error
    tally.errors.set(error.kind, (tally.errors.get(error.kind) ?? 0) + 1)
  }
}

describe('a million reports', () => {
  test('of every kind of damage make no crash, no hang and no wrong punch', { timeout: 120_000 }, async () => {
    const tally: Tally = { reports: 0, punches: 0, wrong: [], errors: new Map() }
    const budget = reportsInAll / readersAtOnce
    await Promise.all(
      Array.from({ length: readersAtOnce }, (_, seed) => {
        const own: Tally = { ...tally, reports: 0 }
        return survive(seed % 2 ? 'raw64' : 'cp2110', seed, own, budget).then(() => {
          tally.reports += own.reports
          tally.punches += own.punches
        })
      }),
    )
    expect(tally.wrong).toEqual([])
    expect(tally.reports).toBeGreaterThanOrEqual(reportsInAll)
    expect(tally.punches).toBeGreaterThan(1000)
    expect([...tally.errors.keys()].sort()).toEqual(['garbled', 'refused', 'timeout'])
  })
})
