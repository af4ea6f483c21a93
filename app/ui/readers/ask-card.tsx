import type { PageSlot, ReaderPage } from '#app/domain/devices/reader-page.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'

export const asks = ['delete', 'delete_left', 'lost', 'restore', 'retire', 'bring_back'] as const
export type AskKind = (typeof asks)[number]
export type Ask = { readonly kind: AskKind; readonly slot: number | null }

const lines: Readonly<Record<AskKind, readonly ('warn' | 'info')[]>> = {
  delete: ['warn', 'info'],
  delete_left: ['warn', 'info'],
  lost: ['warn', 'info'],
  restore: ['info', 'info'],
  retire: ['warn', 'warn', 'info'],
  bring_back: ['info', 'info'],
}

/** A question with its consequences, in the page itself: it works without script, and its buttons name what they do. */
export function AskCard({ ask, page }: { ask: Ask; page: ReaderPage }) {
  const t = useT()
  const slot = slotOf(page, ask)
  if (ask.slot !== null && slot === null) return null
  const { kind } = ask
  const { reader, slots, onlyHere } = page
  const facts = {
    reader: pick(t, reader.name, reader.nameEn),
    slot: ask.slot ?? '',
    name: slot?.person ? pick(t, slot.person.name, slot.person.nameEn) : '',
    from: slot?.copyFrom ? pick(t, slot.copyFrom.name, slot.copyFrom.nameEn) : '',
    people: slots?.people ?? 0,
    templates: reader.templates ?? slots?.enrolled ?? 0,
    only: onlyHere,
  }
  const dangerous = kind !== 'restore' && kind !== 'bring_back'
  return (
    <div id="ask" className="ask">
      <Card title={t(`readerPage.ask.${kind}.title`, facts)}>
        <ul className="cons">
          {lines[kind].map((tone, index) => {
            const key = `readerPage.ask.${kind}.line${index + 1}`
            return t.has(key) ? (
              <Consequence key={key} tone={tone}>
                {t(key, facts)}
              </Consequence>
            ) : null
          })}
        </ul>
        <Form action={`/readers/${reader.id}`}>
          {slot?.enrolmentId ? <input type="hidden" name="enrolmentId" value={slot.enrolmentId} /> : null}
          {slot === null ? null : <input type="hidden" name="slot" value={slot.slot} />}
          <p className="acts">
            <Button look={dangerous ? 'danger' : 'primary'} name="intent" value={kind}>
              {t(`readerPage.ask.${kind}.submit`, facts)}
            </Button>
            <ButtonLink to={`/readers/${reader.id}`}>{t('devices.readers.act.cancel')}</ButtonLink>
          </p>
        </Form>
      </Card>
    </div>
  )
}

function slotOf({ slots }: ReaderPage, { kind, slot }: Ask): PageSlot | null {
  const heaps = { delete: slots?.unknown, delete_left: slots?.left, lost: slots?.missing, restore: slots?.missing }
  const heap = kind === 'retire' || kind === 'bring_back' ? undefined : heaps[kind]
  return heap?.find((one) => one.slot === slot) ?? null
}
