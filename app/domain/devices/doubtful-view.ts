/** What the page of punches in doubt lists 待处理打卡. */
export type Named = { readonly name: string; readonly nameEn: string }

export type DoubtfulLine = {
  readonly key: string
  readonly quarantine: string
  readonly recordedMs: number
  readonly receivedMs: number
  readonly offsetMs: number | null
  readonly subject: string
  readonly source: Named
  /** Whoever held the number when the punch was most likely made; null when nobody did. */
  readonly person: (Named & { readonly id: string; readonly staffNumber: string }) | null
  /** Where and with what a claim was made at a kiosk; null for a punch of a reader or terminal. */
  readonly claim: { readonly kiosk: string; readonly way: 'card' | 'pin' } | null
}

export type WaitingCount = { readonly claims: number; readonly quarantined: number }

export type ParkedLine = {
  readonly sourceId: string
  readonly source: Named
  readonly subject: string
  /** The name that a terminal itself keeps beside the number; null when it told none. */
  readonly terminalName: string | null
  readonly count: number
  readonly days: number
  readonly firstMs: number
  readonly lastMs: number
  /** When somebody else holds the number next; a claim from the first punch must end there. */
  readonly nextMs: number | null
}

export type DecidedLine = {
  readonly key: string
  readonly decision: 'release' | 'reject'
  readonly quarantine: string
  readonly recordedMs: number
  readonly countsMs: number | null
  readonly subject: string
  readonly source: Named
  readonly reason: string
  readonly by: string
  readonly decidedMs: number
  readonly person: Named | null
}

export type SourceChoice = Named & { readonly id: string }

/** A number that somebody was given by claim. */
export type ClaimLine = {
  readonly id: string
  readonly subject: string
  readonly source: Named
  readonly person: Named
  readonly fromMs: number
  /** Null: until it is ended. */
  readonly toMs: number | null
}
