import { benchDay } from './day.ts'

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
  day: async () => [await benchDay()],
}
