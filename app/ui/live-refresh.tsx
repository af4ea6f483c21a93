import { Link, useRevalidator } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { follow, type LiveState } from '#app/ui/live-follow.ts'
import { useT } from '#app/ui/locale.tsx'

const tones: Record<Exclude<LiveState, 'none'>, BadgeTone> = {
  on: 'ok',
  connecting: 'none',
  off: 'warn',
  paused: 'plain',
}

type LiveRefreshProps = {
  href: string
  everyMs?: number
  /** For pages on which a single step may be the last: nothing comes afterwards that would show a lost one. */
  catchUp?: boolean
}

/** Asks the page's loaders again when the stream says that something changed. Without script: a plain link. */
export function LiveRefresh({ href, everyMs = 1000, catchUp = false }: LiveRefreshProps) {
  const t = useT()
  const [state, setState] = useState<LiveState>('none')
  const { revalidate } = useRevalidator()
  const ask = useRef(revalidate)
  ask.current = revalidate
  useEffect(
    () => follow({ href, everyMs: Math.max(everyMs, 300), catchUp, onState: setState, onChange: () => ask.current() }),
    [href, everyMs, catchUp],
  )
  return (
    <span className="lv-state no-print">
      <span role="status" aria-label={t('common.live.label')}>
        {state === 'none' ? null : <Badge tone={tones[state]}>{t(`common.live.${state}`)}</Badge>}
      </span>
      {state === 'on' ? null : (
        <Link to="" reloadDocument>
          {t('common.live.refresh')}
        </Link>
      )}
    </span>
  )
}
