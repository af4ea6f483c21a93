import { type ReactNode, useEffect, useState } from 'react'
import { useT } from '#app/ui/locale.tsx'

const SHOWN_MS = 6000

/** A success that needs no decision. Goes after six seconds, stays under the pointer or the focus; without script it stays. */
export function Toast({ children }: { children: ReactNode }) {
  const t = useT()
  const [gone, setGone] = useState(false)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => setGone(true), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [held])
  const hold = { onMouseEnter: () => setHeld(true), onFocus: () => setHeld(true) }
  const release = { onMouseLeave: () => setHeld(false), onBlur: () => setHeld(false) }
  return (
    <div className={gone ? 'toast gone' : 'toast'} role="status" {...hold} {...release}>
      {children}
      <button type="button" className="x" onClick={() => setGone(true)}>
        {t('common.toast.close')}
      </button>
    </div>
  )
}
