import { useFetcher } from '@remix-run/react'
import { type MouseEvent, useEffect } from 'react'
import { Button } from '#app/ui/button.tsx'
import { useT } from '#app/ui/locale.tsx'

type Answer = { readonly proposed: Readonly<Record<'reading' | 'initials' | 'nameEn', string>> }

function inputOf(name: string): HTMLInputElement | null {
  return document.getElementById(name) as HTMLInputElement | null
}

/** Fills reading, initials and English name from the name; without script by a step of the form. */
export function ProposeReading() {
  const t = useT()
  const fetcher = useFetcher<Answer>()
  const proposed = fetcher.data?.proposed
  useEffect(() => {
    for (const [name, value] of Object.entries(proposed ?? {})) {
      const input = inputOf(name)
      if (input) input.value = value
    }
  }, [proposed])
  const ask = (event: MouseEvent) => {
    event.preventDefault()
    fetcher.load(`/people/characters?name=${encodeURIComponent(inputOf('name')?.value ?? '')}`)
  }
  return (
    <p className="propose">
      <Button small name="intent" value="propose" onClick={ask}>
        {t('people.form.propose')}
      </Button>
      <span className="sub sm" role="status">
        {proposed && fetcher.state === 'idle' ? t('people.form.proposed') : ''}
      </span>
    </p>
  )
}
