import { type ReactNode, useEffect, useId, useRef } from 'react'

type DialogProps = {
  /** The act with its object: "Lock October 2026?" */
  title: ReactNode
  children: ReactNode
  /** The verb again and the way out. */
  actions: ReactNode
  /** True lifts it above the page once script runs; without script it stands in the page. */
  modal?: boolean
  /** Runs when the reader leaves by Escape. */
  onClose?: () => void
}

/** A question before an act. Its page renders it open, so that it is complete without script. */
export function Dialog({ title, children, actions, modal = false, onClose }: DialogProps) {
  const id = useId()
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = box.current
    if (!modal || !dialog || typeof dialog.showModal !== 'function') return
    dialog.removeAttribute('open')
    dialog.showModal()
    return () => dialog.close()
  }, [modal])
  return (
    <dialog open ref={box} className={modal ? 'dlg' : 'dlg here'} aria-labelledby={id} onClose={onClose}>
      <h2 className="dh" id={id}>
        {title}
      </h2>
      <div className="db">{children}</div>
      <div className="df">{actions}</div>
    </dialog>
  )
}
