import { useFetcher } from '@remix-run/react'
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import type { CharacterAnswer, CharacterFound } from '#app/domain/people/characters/search.ts'
import type { T } from '#app/i18n/translator.ts'
import { Button } from '#app/ui/button.tsx'
import { useT } from '#app/ui/locale.tsx'

export type { CharacterAnswer }

type Props = {
  query: string
  answer: CharacterAnswer | null
  inserted: string | null
  /** The field that a character goes into. */
  into: string
}

/**
 * Finds a character that cannot be typed and puts it into the name where the cursor was. Each button is also a step of the
 * form, so that all of it works without script and nothing typed is lost.
 */
export function CharacterFinder({ query, answer, inserted, into }: Props) {
  const t = useT()
  const fetcher = useFetcher<{ readonly answer: CharacterAnswer }>()
  const input = useRef<HTMLInputElement>(null)
  const [put, setPut] = useState<string | null>(null)
  const found = fetcher.data?.answer ?? answer
  const find = () => fetcher.load(`/people/characters?q=${encodeURIComponent(input.current?.value ?? '')}`)
  const insert = (character: string) => {
    putAtCursor(document.getElementById(into) as HTMLInputElement | null, character)
    setPut(character)
  }
  const last = put ?? inserted
  return (
    <details className="finder" open={query !== '' || inserted !== null}>
      <summary>{t('people.form.finder.title')}</summary>
      <label htmlFor="characterQuery">{t('people.form.finder.query')}</label>
      <p className="row ask">
        <input
          ref={input}
          className="in"
          id="characterQuery"
          name="characterQuery"
          defaultValue={query}
          aria-describedby="characterQuery-hint"
          autoComplete="off"
          onKeyDown={(event) => onEnter(event, find)}
        />
        <Button name="intent" value="find" onClick={(event) => instead(event, find)}>
          {t('people.form.finder.go')}
        </Button>
      </p>
      <p className="hint" id="characterQuery-hint">
        {t('people.form.finder.hint')}
      </p>
      <p className="sub sm" role="status">
        {last ? `${t('people.form.finder.inserted', { character: last })} ` : ''}
        {found ? countText(t, found) : ''}
      </p>
      {found ? <Found found={found.found} insert={insert} /> : null}
    </details>
  )
}

function instead(event: MouseEvent, act: () => void): void {
  event.preventDefault()
  act()
}

/** Enter looks for the character; it must not save the form. */
function onEnter(event: KeyboardEvent, act: () => void): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  event.preventDefault()
  act()
}

function putAtCursor(field: HTMLInputElement | null, character: string): void {
  if (!field) return
  const at = field.selectionStart ?? field.value.length
  field.setRangeText(character, at, field.selectionEnd ?? at, 'end')
}

function countText(t: T, answer: CharacterAnswer): string {
  const count = answer.found.length
  if (count === 0) return t('people.form.finder.none')
  const sound = answer.found[0]?.by === 'by_sound' ? `${t('people.form.finder.by_sound')} ` : ''
  const key = answer.more > 0 ? 'people.form.finder.found_more' : 'people.form.finder.found'
  return sound + t(key, { count, more: answer.more })
}

function Found({ found, insert }: { found: readonly CharacterFound[]; insert: (character: string) => void }) {
  const t = useT()
  return (
    <ul className="chars">
      {found.map((one) => (
        <li key={one.code}>
          <button
            type="submit"
            name="insert"
            value={one.character}
            className="char"
            aria-label={t('people.form.finder.insert_one', { character: one.character })}
            onClick={(event) => instead(event, () => insert(one.character))}
          >
            <b>{one.character}</b>
            <span>{one.readings.join(' ')}</span>
            <span className="mut">{one.code}</span>
            {one.parts.length > 0 ? <span className="mut">{one.parts.join(' ')}</span> : null}
          </button>
        </li>
      ))}
    </ul>
  )
}
