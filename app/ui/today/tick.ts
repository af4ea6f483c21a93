import { useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'

/** Asks again every so often while the page is seen: a gap becomes red by the passing of time, without any event. */
export function useTick(everyMs: number): void {
  const { revalidate } = useRevalidator()
  const ask = useRef(revalidate)
  ask.current = revalidate
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) ask.current()
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
}
