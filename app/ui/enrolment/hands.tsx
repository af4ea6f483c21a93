import { Link } from '@remix-run/react'
import { useT } from '#app/ui/locale.tsx'
import { fingerName } from './texts.ts'

type Shape = { readonly finger: number; readonly x: number; readonly y: number; readonly w: number; readonly h: number }

const left: readonly Shape[] = [
  { finger: 10, x: 4, y: 34, w: 19, h: 42 },
  { finger: 9, x: 27, y: 14, w: 20, h: 60 },
  { finger: 8, x: 51, y: 4, w: 20, h: 70 },
  { finger: 7, x: 75, y: 14, w: 20, h: 60 },
  { finger: 6, x: 88, y: 60, w: 21, h: 52 },
]
const right: readonly Shape[] = [
  { finger: 2, x: 197, y: 14, w: 20, h: 60 },
  { finger: 3, x: 221, y: 4, w: 20, h: 70 },
  { finger: 4, x: 245, y: 14, w: 20, h: 60 },
  { finger: 5, x: 269, y: 34, w: 19, h: 42 },
  { finger: 1, x: 184, y: 60, w: 21, h: 52 },
]

const turns: Readonly<Record<number, string>> = { 1: 'rotate(-32 194 112)', 6: 'rotate(32 98 112)' }

type HandsProps = {
  chosen: number
  stored: readonly number[]
  /** The address of the page with a finger chosen; null when nothing may be changed now. */
  to: ((finger: number) => string) | null
}

/** Two hands with a link for each finger: the chosen one is blue, stored ones are green. */
export function Hands({ chosen, stored, to }: HandsProps) {
  const t = useT()
  return (
    <nav aria-label={t('enrolment.finger.pick')}>
      <svg className="en-hand" viewBox="0 0 292 150" width="292" height="150">
        <title>{t('enrolment.finger.pick')}</title>
        <rect className="palm" x="4" y="70" width="91" height="52" rx="18" />
        <rect className="palm" x="197" y="70" width="91" height="52" rx="18" />
        {[...left, ...right].map((shape) => (
          <Finger
            key={shape.finger}
            shape={shape}
            look={shape.finger === chosen ? 'on' : stored.includes(shape.finger) ? 'has' : ''}
            to={to}
          />
        ))}
        <text className="side" x="50" y="142">
          {t('enrolment.finger.left')}
        </text>
        <text className="side" x="242" y="142">
          {t('enrolment.finger.right')}
        </text>
      </svg>
    </nav>
  )
}

function Finger({ shape, look, to }: { shape: Shape; look: string; to: HandsProps['to'] }) {
  const t = useT()
  const { finger, x, y, w, h } = shape
  const turn = turns[finger]
  const short = `enrolment.finger.short.s${((finger - 1) % 5) + 1}`
  const drawn = (
    <>
      <rect className={look} x={x} y={y} width={w} height={h} rx={w / 2} />
      <text className={look} x={x + w / 2} y={y + 22}>
        {t.has(short) ? t(short) : ''}
      </text>
    </>
  )
  return (
    <g {...(turn === undefined ? {} : { transform: turn })}>
      {to === null ? (
        drawn
      ) : (
        <Link
          to={to(finger)}
          preventScrollReset
          aria-label={fingerName(t, finger)}
          {...(look === 'on' ? { 'aria-current': 'true' as const } : {})}
        >
          {drawn}
        </Link>
      )}
    </g>
  )
}
