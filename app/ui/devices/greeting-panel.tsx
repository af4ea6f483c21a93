import type { ReactNode } from 'react'
import { isUnread, type KioskGreeting, type KioskPerson } from '#app/domain/devices/greeting.ts'
import type { T } from '#app/i18n/translator.ts'
import { pick, useBoth } from './both.tsx'
import { labelOf, postName, sentenceOf, signKey, slotLine, triedEnough } from './greeting-text.ts'
import { Name } from './name.tsx'

/** The frame of what the screen says: a sign with its word on the left, the text on the right. */
export function Panel({ tone, seal, children }: { tone: string; seal: ReactNode; children: ReactNode }) {
  return (
    <div className={`res ${tone}`}>
      <div className="seal">{seal}</div>
      <div className="tx">{children}</div>
    </div>
  )
}

/** The large sign: a drawn tick for what is well, one character for everything else. */
export function Sign({ char, tick = false }: { char: string; tick?: boolean }) {
  return (
    <div className={tick ? 'sign tick' : 'sign'} aria-hidden="true">
      {char}
    </div>
  )
}

/** The greeting of one punch or of a finger that was not read; the same in the hall and in the demo. */
export function GreetingPanel({ greeting }: { greeting: KioskGreeting }) {
  const { t, under } = useBoth()
  const seal = (
    <>
      <Sign char={t(signKey(greeting))} tick={greeting.sign === 'ok'} />
      <div className="lb">{labelOf(t, greeting)}</div>
      <div className="en" lang={under.locale}>
        {labelOf(under, greeting)}
      </div>
    </>
  )
  return (
    <Panel tone={greeting.tone} seal={seal}>
      {greeting.person === null ? <NobodyTitle greeting={greeting} /> : <PersonTitle greeting={greeting} />}
      <p className="say">
        {sentenceOf(t, greeting)}
        <span className="en block-en" lang={under.locale}>
          {sentenceOf(under, greeting)}
        </span>
      </p>
    </Panel>
  )
}

function NobodyTitle({ greeting }: { greeting: KioskGreeting }) {
  const { t, under } = useBoth()
  const hint = isUnread(greeting.code) && greeting.code !== 'finger_held' && !triedEnough(greeting)
  return (
    <>
      <p className="nm sm">{nobodyTitle(t, greeting)}</p>
      {hint ? (
        <p className="wh">
          {t('devices.kiosk.unread_hint')}{' '}
          <span className="en" lang={under.locale}>
            {under('devices.kiosk.unread_hint')}
          </span>
        </p>
      ) : null}
    </>
  )
}

function nobodyTitle(t: T, greeting: KioskGreeting): string {
  if (greeting.code === 'not_recognised')
    return t(triedEnough(greeting) ? 'devices.kiosk.unread_title_desk' : 'devices.kiosk.unread_title')
  if (greeting.code === 'poor_image') return t('devices.kiosk.poor_title')
  if (greeting.code === 'finger_held') return t('devices.kiosk.held_title')
  return greeting.code === 'parked' ? t('devices.kiosk.parked_title') : slotLine(t, greeting)
}

/** Names are never cut: long ones get one step smaller, then wrap after a dot. Counted in code points. */
function nameClass(name: string): string {
  const length = [...name].length
  if (length > 30) return 'nm endless'
  if (length > 12) return 'nm longest'
  return length > 5 ? 'nm long' : 'nm'
}

/** The window's name and the post, as the hall says it. */
function whereOf(t: T, { window, post }: KioskPerson, between: string): string {
  const parts = [window === null ? '' : pick(t, window.name, window.nameEn), post === null ? '' : postName(t, post)]
  return parts.filter((part) => part !== '').join(between)
}

function PersonTitle({ greeting }: { greeting: KioskGreeting }) {
  const { t, under } = useBoth()
  const { person } = greeting
  if (person === null) return null
  return (
    <>
      <p className={nameClass(person.name)}>
        <span lang="zh-CN">
          <Name name={person.name} />
        </span>
        <span className="en" lang="en">
          {person.nameEn}
        </span>
      </p>
      <p className="sl">{slotLine(t, greeting)}</p>
      <p className="wh">
        <b>{person.window?.number}</b> {whereOf(t, person, ' · ')}{' '}
        <span className="en" lang={under.locale}>
          {whereOf(under, person, ', ')}
        </span>
      </p>
    </>
  )
}
