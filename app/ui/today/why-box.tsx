import { useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import type { WhyView } from '#app/ui/today/why-model.ts'
import { WhyPanel } from '#app/ui/why-panel.tsx'
import './why.css'

/** The answer to "why?" as a panel in the page, with and without script. */
export function WhyBox({ why, close }: { why: WhyView; close: string }) {
  const t = useT()
  return (
    <div id="why" className="whybox">
      <WhyPanel
        title={why.title}
        due={<Lines lines={why.due} />}
        actual={<Lines lines={why.actual} />}
        rule={why.rule}
        effect={
          <>
            <span className="marks">
              {why.marks.map(({ half, mark }) => (
                <span key={half}>
                  {t(`attendance.half.${half}`)} {mark ? <Mark id={mark} label /> : t('attendance.me.undecided')}
                </span>
              ))}
            </span>
            {why.effect}
          </>
        }
        checked={why.checked}
        actions={<span className="sub sm">{t('attendance.why.effect_ask')}</span>}
        close={close}
      />
    </div>
  )
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <span className="ln" key={line}>
          {line}
        </span>
      ))}
    </>
  )
}
