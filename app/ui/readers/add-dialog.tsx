import { useNavigate } from '@remix-run/react'
import { ButtonLink } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { useT } from '#app/ui/locale.tsx'

const kinds = [
  { kind: 'agent', to: '/readers?act=pair-agent' },
  { kind: 'terminal', to: '/readers/terminals' },
  { kind: 'kiosk', to: '/readers?act=pair-kiosk' },
] as const

/** Which thing is added: each begins elsewhere, because each is let in another way. */
export function AddDialog() {
  const t = useT()
  const navigate = useNavigate()
  return (
    <Dialog
      title={t('readerPage.add.title')}
      modal
      onClose={() => navigate('/readers')}
      actions={<ButtonLink to="/readers">{t('devices.readers.act.cancel')}</ButtonLink>}
    >
      <p>{t('readerPage.add.reader')}</p>
      <dl className="adds">
        {kinds.map(({ kind, to }) => (
          <div key={kind}>
            <dt>
              <ButtonLink to={to} wide>
                {t(`readerPage.add.${kind}`)}
              </ButtonLink>
            </dt>
            <dd className="mut">{t(`readerPage.add.${kind}_text`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
