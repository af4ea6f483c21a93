import type { AlarmLine } from '#app/domain/devices/alarm-view.ts'
import type { ReadersView } from '#app/domain/devices/readers-view.ts'
import { Alert } from '#app/ui/alert.tsx'
import { useT } from '#app/ui/locale.tsx'
import { AddDialog } from '#app/ui/readers/add-dialog.tsx'
import { NameDialog, type Naming } from './name-reader.tsx'
import { CodeDialog, PairDialog, type PairingMade, type PairingTyped, RevokeDialog } from './readers-acts.tsx'
import { ReadersPage } from './readers-page.tsx'

type Act =
  | { readonly act: 'add' }
  | { readonly act: 'pair' | 'revoke'; readonly kind: 'agent' | 'kiosk'; readonly id: string }

type FrameProps = {
  view: ReadersView
  alarms: readonly AlarmLine[]
  manages: boolean
  act: Act | null
  naming: Naming | null
  done: string | null
  refused: string | null
  made: PairingMade | null
  typed: PairingTyped | null
}

/** The page with what was just done above it and the question that is open over it. */
export function ReadersFrame({ view, alarms, manages, act, naming, done, refused, made, typed }: FrameProps) {
  const t = useT()
  const doneKey = `devices.readers.done.${done}`
  const refusedKey = `devices.readers.refusal.${refused}`
  return (
    <>
      <div className="rd-top">
        {t.has(doneKey) ? <Alert tone="ok" title={t(doneKey)} /> : null}
        {t.has(refusedKey) ? <Alert tone="warn" title={t(refusedKey)} urgent /> : null}
      </div>
      {made === null ? <Question act={act} view={view} typed={typed} /> : <CodeDialog made={made} view={view} />}
      {naming === null ? null : <NameDialog {...naming} />}
      <ReadersPage view={view} alarms={alarms} manages={manages} />
    </>
  )
}

function Question({ act, view, typed }: { act: Act | null; view: ReadersView; typed: PairingTyped | null }) {
  if (act === null) return null
  if (act.act === 'add') return <AddDialog />
  if (act.act === 'pair') return <PairDialog kind={act.kind} view={view} typed={typed} />
  const device = (act.kind === 'agent' ? view.agents : view.kiosks).find((one) => one.id === act.id)
  if (device === undefined) return null
  return <RevokeDialog kind={act.kind} id={act.id} name={device.name} />
}
