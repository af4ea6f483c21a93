import { Link, useRevalidator } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import type { BadgeTone } from '#app/ui/badge.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { useT } from '#app/ui/locale.tsx'

type State = 'none' | 'connecting' | 'on' | 'off' | 'paused'

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 30_000

type Listener = { href: string; everyMs: number; onState: (state: State) => void; onChange: () => void }

/** Follows an event stream until stopped: reconnects ever more slowly, gathers bursts, rests while the page is hidden. */
function follow({ href, everyMs, onState, onChange }: Listener): () => void {
  let source: EventSource | null = null
  let retry = FIRST_RETRY_MS
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let changeTimer: ReturnType<typeof setTimeout> | undefined
  let missed = false

  const changed = () => {
    changeTimer ??= setTimeout(() => {
      changeTimer = undefined
      onChange()
    }, everyMs)
  }
  const close = () => {
    clearTimeout(retryTimer)
    source?.close()
    source = null
  }
  const open = () => {
    close()
    onState('connecting')
    source = new EventSource(href)
    source.onopen = () => {
      retry = FIRST_RETRY_MS
      onState('on')
      if (missed) changed()
      missed = false
    }
    source.onmessage = changed
    source.onerror = () => {
      close()
      missed = true
      onState('off')
      retryTimer = setTimeout(open, retry)
      retry = Math.min(retry * 2, LAST_RETRY_MS)
    }
  }
  const visible = () => {
    if (document.hidden) {
      close()
      missed = true
      onState('paused')
    } else open()
  }
  document.addEventListener('visibilitychange', visible)
  visible()
  return () => {
    document.removeEventListener('visibilitychange', visible)
    clearTimeout(changeTimer)
    close()
  }
}

const tones: Record<Exclude<State, 'none'>, BadgeTone> = { on: 'ok', connecting: 'none', off: 'warn', paused: 'plain' }

/** Asks the page's loaders again when the stream says that something changed. Without script: a plain link. */
export function LiveRefresh({ href, everyMs = 1000 }: { href: string; everyMs?: number }) {
  const t = useT()
  const [state, setState] = useState<State>('none')
  const { revalidate } = useRevalidator()
  const ask = useRef(revalidate)
  ask.current = revalidate
  useEffect(
    () => follow({ href, everyMs: Math.max(everyMs, 300), onState: setState, onChange: () => ask.current() }),
    [href, everyMs],
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
