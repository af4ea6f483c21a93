import type { ReactNode } from 'react'

/** ok done, warn look, bad act now, info information, teal official, plum party; the text always says it too. */
export type BadgeTone = 'ok' | 'warn' | 'bad' | 'info' | 'teal' | 'plum' | 'plain' | 'none'

export function Badge({ tone = 'none', children }: { tone?: BadgeTone; children: ReactNode }) {
  return <span className={tone === 'none' ? 'bdg' : `bdg ${tone}`}>{children}</span>
}
