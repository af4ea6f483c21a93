import type { ReactNode } from 'react'
import type { HallCount } from '#app/domain/duty/window.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import { Bilingual, useT } from '#app/ui/locale.tsx'

const tones = { here: 't-ok', out: 't-teal', missing: 't-bad' } as const

/** The hall in seven numbers. They add up: expected is the sum of the five after it and of those not due yet. */
export function Counts({ count }: { count: HallCount }) {
  const t = useT()
  const plain = ['leave', 'out', 'missing', 'unknown'] as const
  return (
    <dl className="cnt">
      <Cell name="attendance.today.count.expected">
        {count.expected}
        {count.waiting > 0 ? <small> {t('attendance.today.count.waiting', { count: count.waiting })}</small> : null}
        {count.gone > 0 ? <small> {t('attendance.today.count.gone', { count: count.gone })}</small> : null}
      </Cell>
      <Cell name="attendance.today.count.here" tone={tones.here}>
        {count.here}
      </Cell>
      {plain.map((part) => (
        <Cell key={part} name={`attendance.today.count.${part}`} tone={toneOf(part, count[part])}>
          {count[part]}
        </Cell>
      ))}
      <Cell name="attendance.today.count.staffed">
        {count.staffed}
        <small> / {count.windows}</small>
      </Cell>
    </dl>
  )
}

function toneOf(part: 'leave' | 'out' | 'missing' | 'unknown', value: number): string {
  if (part === 'out') return tones.out
  return part === 'missing' && value > 0 ? tones.missing : ''
}

function Cell({ name, tone = '', children }: { name: Key; tone?: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <Bilingual k={name} />
      </dt>
      <dd className={tone}>{children}</dd>
    </div>
  )
}
