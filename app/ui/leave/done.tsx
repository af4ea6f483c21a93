import { Alert } from '#app/ui/alert.tsx'
import { useT } from '#app/ui/locale.tsx'

/** What was just done, as the page after it says it. */
export type DoneFacts = {
  readonly done: 'saved' | 'submitted' | 'approved' | 'returned' | 'refused' | 'withdrawn' | 'cancelled' | 'recorded'
  readonly name: string
  /** Who is asked next; empty when nobody is. */
  readonly who: string
  /** The leave counts now. */
  readonly granted: boolean
}

export function Done({ facts }: { facts: DoneFacts | null }) {
  const t = useT()
  if (!facts) return null
  const { done, name, who, granted } = facts
  const means =
    done === 'approved'
      ? who
        ? t('leave.done.approved_sent', { who })
        : t('leave.done.approved_last')
      : done === 'recorded' && granted
        ? t('leave.done.approved_last')
        : t(`leave.done.${done}_means`)
  return (
    <div className="lv-top">
      <Alert tone="ok" title={t(`leave.done.${done}`, { name, who })} urgent>
        {means}
      </Alert>
    </div>
  )
}
