import { beforeAll, expect, test } from 'vitest'
import { playInMachine, type Show } from '../../scripts/hid-vm/run.ts'
import { scenarios } from './inside/scenarios.ts'

// node-hid, a stock Debian kernel and real /dev/hidraw devices: everything between a finger and the spool is the real thing.
const limitMs = 540_000
let show: Show

beforeAll(async () => {
  show = await playInMachine(limitMs)
}, limitMs + 60_000)

test.each(Object.keys(scenarios))('%s', (name) => {
  const played = show.played.find((one) => one.name === name)
  expect(played?.problem, played ? undefined : show.console.slice(-4000)).toBeNull()
})

test('the machine played to the end and went off by itself', () => {
  expect(show.complete, show.console.slice(-4000)).toBe(true)
})
