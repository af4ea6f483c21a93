import type { WayKind, WayState } from './alternate.ts'
import type { Named } from './readers-view.ts'

export type WayLine = {
  readonly id: string
  readonly kind: WayKind
  /** A reason's code, or what was written for "other". */
  readonly reason: string
  readonly startsMs: number
  readonly endsMs: number | null
  readonly givenBy: string
  readonly state: WayState
  readonly lockedUntilMs: number | null
}

/** The page of one person's ways without a finger. */
export type AlternateView = {
  readonly zone: string
  readonly person: Named & {
    readonly id: string
    readonly staffNumber: string
    readonly window: string | null
    readonly left: boolean
  }
  /** Fingers in force, at all readers. */
  readonly fingers: number
  readonly ways: readonly WayLine[]
  readonly rules: { readonly attempts: number; readonly minutes: number }
}
