import { type FormEvent, type MouseEvent, useEffect, useRef, useState } from 'react'
import type { ClaimAnswer } from '#app/domain/devices/alternate-answer.ts'
import { formatTime } from '#app/i18n/format.ts'
import { Under, useBoth } from './both.tsx'
import { GreetingPanel, Panel, Sign } from './greeting-panel.tsx'

type Send = (fields: Readonly<Record<string, string>>) => void

/** The calm line on the idle screen for who has no finger, and how many wait for the duty officer. */
export function ClaimEntry({ waiting, onOpen }: { waiting: number; onOpen: () => void }) {
  const { t } = useBoth()
  const open = (event: MouseEvent) => {
    event.preventDefault()
    onOpen()
  }
  return (
    <div className="ce">
      <a href="/kiosk?way=number" onClick={open}>
        {t('alternates.kiosk.entry')} {waiting === 0 ? <Under k="alternates.kiosk.entry_short" /> : null}
      </a>
      {waiting === 0 ? null : (
        <p role="status">
          <span className="dot warn" aria-hidden="true" />
          {t('alternates.kiosk.waiting', { count: waiting })}
        </p>
      )}
    </div>
  )
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'clear', '0', 'back'] as const
const idleMs = 45_000

type PadProps = {
  csrf: string
  connected: boolean
  sending: boolean
  onSend: Send
  onClose: () => void
}

/** Staff number and PIN with large keys; a card may be swiped meanwhile. A plain form where there is no script. */
export function ClaimPad({ csrf, connected, sending, onSend, onClose }: PadProps) {
  const { t } = useBoth()
  const number = useRef<HTMLInputElement>(null)
  const pin = useRef<HTMLInputElement>(null)
  const [active, setActive] = useState<'number' | 'pin'>('number')
  const touched = useIdleClose(onClose)
  const press = (key: (typeof digits)[number]) => {
    touched()
    const field = (active === 'number' ? number : pin).current
    if (field === null) return
    field.value = key === 'clear' ? '' : key === 'back' ? field.value.slice(0, -1) : field.value + key
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const typed = { number: number.current?.value.trim() ?? '', pin: pin.current?.value.trim() ?? '' }
    if (typed.number !== '' && typed.pin === '') return pin.current?.focus()
    if (pin.current !== null) pin.current.value = ''
    onSend(typed)
  }
  const close = (event: MouseEvent) => {
    event.preventDefault()
    onClose()
  }
  return (
    <aside className="kr pad" aria-label={t('alternates.kiosk.title')}>
      <h2>
        {t('alternates.kiosk.title')}{' '}
        <a className="close" href="/kiosk" onClick={close}>
          {t('alternates.kiosk.close')} <Under k="alternates.kiosk.close" />
        </a>
      </h2>
      {connected ? null : <p className="t-warn">{t('alternates.kiosk.offline')}</p>}
      <p className="sub">
        {t('alternates.kiosk.swipe')} <Under k="alternates.kiosk.swipe" block />
      </p>
      <form method="post" action="/kiosk" onSubmit={submit} onInput={touched} aria-busy={sending}>
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="intent" value="claim" />
        <label>
          <span>
            {t('alternates.kiosk.number')} <Under k="alternates.kiosk.number" />
          </span>
          <input
            ref={number}
            name="number"
            inputMode="numeric"
            autoComplete="off"
            maxLength={24}
            onFocus={() => setActive('number')}
            className={active === 'number' ? 'on' : ''}
          />
        </label>
        <label>
          <span>
            {t('alternates.kiosk.pin')} <Under k="alternates.kiosk.pin" />
          </span>
          <input
            ref={pin}
            name="pin"
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={12}
            onFocus={() => setActive('pin')}
            className={active === 'pin' ? 'on' : ''}
          />
        </label>
        <Keys press={press} />
        <button type="submit" className="go" disabled={sending}>
          {t(sending ? 'alternates.kiosk.sending' : 'alternates.kiosk.submit')} <Under k="alternates.kiosk.submit" />
        </button>
      </form>
    </aside>
  )
}

/** Keys work by script only; without it the fields take a keyboard. */
function Keys({ press }: { press: (key: (typeof digits)[number]) => void }) {
  const { t } = useBoth()
  const [scripted, setScripted] = useState(false)
  useEffect(() => setScripted(true), [])
  if (!scripted) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset inside the form would be read before every key
    <div className="keys" role="group" aria-label={t('alternates.kiosk.keys')}>
      {digits.map((key) => (
        <button key={key} type="button" className={key.length > 1 ? 'word' : ''} onClick={() => press(key)}>
          {key === 'clear' ? t('alternates.kiosk.clear_key') : key === 'back' ? t('alternates.kiosk.back_key') : key}
        </button>
      ))}
    </div>
  )
}

/** Nobody leaves a half-typed number behind for the next one. */
function useIdleClose(onClose: () => void): () => void {
  const close = useRef(onClose)
  close.current = onClose
  const [touch, setTouch] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each touch starts the time anew
  useEffect(() => {
    const timer = setTimeout(() => close.current(), idleMs)
    return () => clearTimeout(timer)
  }, [touch])
  return () => setTouch((before) => before + 1)
}

/** What came of a card or a number. */
export function ClaimPanel({ answer }: { answer: ClaimAnswer }) {
  const { t, under } = useBoth()
  const { code, greeting } = answer
  if (code === 'claimed' && greeting !== null) return <GreetingPanel greeting={greeting} />
  const said = sayOf(answer)
  const good = code === 'already'
  const part = good ? 'claimed' : code === 'unreachable' ? 'unreachable' : 'refused'
  const label = `alternates.kiosk.label.${part}` as const
  const seal = (
    <>
      <Sign char={t(`alternates.kiosk.char.${part}`)} />
      <div className="lb">{t(label)}</div>
      <div className="en" lang={under.locale}>
        {under(label)}
      </div>
    </>
  )
  return (
    <Panel tone={good ? 'wait' : code === 'missing' ? 'info' : 'bad'} seal={seal}>
      <p className="nm sm">{good ? (greeting?.person?.name ?? '') : t(said.title)}</p>
      {code === 'refused' ? (
        <p className="wh">
          {t('alternates.kiosk.refused.hint')} <Under k="alternates.kiosk.refused.hint" block />
        </p>
      ) : null}
      <p className="say">
        {t(said.say, said.facts)} <Under k={said.say} params={said.facts} block />
      </p>
    </Panel>
  )
}

function sayOf({ code, greeting, attempts, minutes }: ClaimAnswer) {
  const facts = { attempts, minutes, time: greeting === null ? '' : formatTime(greeting.second) }
  if (code === 'already') return { title: 'alternates.kiosk.title', say: 'alternates.kiosk.already', facts } as const
  if (code === 'missing')
    return { title: 'alternates.kiosk.missing.title', say: 'alternates.kiosk.missing.say', facts } as const
  if (code === 'unreachable')
    return { title: 'alternates.kiosk.unreachable', say: 'alternates.kiosk.offline', facts } as const
  return { title: 'alternates.kiosk.refused.title', say: 'alternates.kiosk.refused.say', facts } as const
}
