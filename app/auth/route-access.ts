import type { Action } from '#app/domain/access/can.ts'

export type Door = Action | 'public' | 'kiosk' | 'agent' | 'terminal' | 'demo'

/** What a route module declares in `handle`, so that one generated test can walk all of them. */
export type RouteAccess = {
  /** What its loader needs. */
  readonly access: Door
  /** What its action needs, where that differs. */
  readonly action?: Door
}
