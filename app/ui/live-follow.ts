export type LiveState = 'none' | 'connecting' | 'on' | 'off' | 'paused'

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 30_000

type Listener = {
  readonly href: string
  /** A burst of messages within this time is one change. */
  readonly everyMs: number
  /** Ask once after the first connection too: what happened between the page's drawing and then was told to nobody. */
  readonly catchUp?: boolean
  readonly onState: (state: LiveState) => void
  readonly onChange: () => void
}

/** Follows an event stream until stopped: reconnects ever more slowly, gathers bursts, rests while the page is hidden. */
export function follow({ href, everyMs, catchUp = false, onState, onChange }: Listener): () => void {
  let source: EventSource | null = null
  let retry = FIRST_RETRY_MS
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let changeTimer: ReturnType<typeof setTimeout> | undefined
  let missed = catchUp

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
