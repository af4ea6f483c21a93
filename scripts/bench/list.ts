import { benchDay } from './day.ts'
import { benchDelivery } from './delivery.ts'
import { benchKiosk } from './kiosk.ts'

/** A figure of ours beside the bare limit of the same machine in the same run. */
export type BenchLine = {
  readonly name: string
  readonly unit: string
  readonly figure: number
  readonly limit: number
  readonly ratio: number
  readonly note: string
}

/** Every bench by the name that `--only` takes. */
export const benches: Readonly<Record<string, () => Promise<readonly BenchLine[]>>> = {
  delivery: benchDelivery,
  kiosk: benchKiosk,
  day: async () => [await benchDay()],
}
