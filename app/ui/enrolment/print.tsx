const rings = [
  { rx: 4, ry: 6, dash: '10 7 6 6' },
  { rx: 12, ry: 16, dash: '41 7 24 6' },
  { rx: 20, ry: 26, dash: '32 7 19 6' },
  { rx: 28, ry: 36, dash: '77 9 46 7' },
  { rx: 36, ry: 46, dash: '78 10 47 8' },
  { rx: 44, ry: 56, dash: '145 16 87 13' },
  { rx: 52, ry: 66, dash: '82 13 49 10' },
  { rx: 60, ry: 76, dash: '163 19 98 15' },
]

const centre = { x: 120, y: 110 }
const radius = 104
const gap = 5

/** The arc of one press, clockwise from the top. */
function arcOf(index: number, of: number): string {
  const degrees = 360 / of
  const point = (angle: number) => {
    const radians = ((angle - 90) * Math.PI) / 180
    return `${(centre.x + radius * Math.cos(radians)).toFixed(1)} ${(centre.y + radius * Math.sin(radians)).toFixed(1)}`
  }
  const large = degrees - 2 * gap > 180 ? 1 : 0
  return `M${point(index * degrees + gap)}A${radius} ${radius} 0 ${large} 1 ${point((index + 1) * degrees - gap)}`
}

type PrintProps = { done: number; of: number; now: number | null; label: string }

/** A drawn finger in a ring of as many parts as there are presses: green taken, dashed now, grey to come. No real image exists. */
export function Print({ done, of, now, label }: PrintProps) {
  const height = 30 + (150 * done) / Math.max(of, 1)
  return (
    <svg className="en-print" viewBox="0 0 240 220" width="240" height="220" role="img" aria-label={label}>
      {Array.from({ length: of }, (_, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: the presses of one enrolment never change places
          key={index}
          d={arcOf(index, of)}
          className={index < done ? 'arc done' : index + 1 === now ? 'arc now' : 'arc'}
        />
      ))}
      <defs>
        <clipPath id="en-finger">
          <path d="M58 104a62 76 0 0 1 124 0c0 44-14 86-62 86s-62-42-62-86z" />
        </clipPath>
        <clipPath id="en-level">
          <rect x="0" y={200 - height} width="240" height={height} />
        </clipPath>
      </defs>
      <g clipPath="url(#en-finger)">
        <Ridges look="later" />
        {done === 0 ? null : (
          <g clipPath="url(#en-level)">
            <Ridges look="taken" />
          </g>
        )}
      </g>
    </svg>
  )
}

function Ridges({ look }: { look: 'later' | 'taken' }) {
  return (
    <g className={`ridges ${look}`}>
      {rings.map(({ rx, ry, dash }, index) => (
        <ellipse
          key={rx}
          cx="120"
          cy={112 - 1.6 * index}
          rx={rx}
          ry={ry}
          transform={`rotate(${-14 + 2 * index} 120 110)`}
          strokeDasharray={dash}
          strokeDashoffset={23 * index}
        />
      ))}
    </g>
  )
}
