import { benchDay } from './day.ts'
import { benchDelivery } from './delivery.ts'
import type { BenchLine } from './figures.ts'
import { benchKiosk } from './kiosk.ts'
import { benchRegisters } from './registers.ts'

/** Every bench by the name that `--only` takes. */
export const benches: Readonly<Record<string, () => Promise<readonly BenchLine[]>>> = {
  delivery: benchDelivery,
  kiosk: benchKiosk,
  day: benchDay,
  registers: benchRegisters,
}
