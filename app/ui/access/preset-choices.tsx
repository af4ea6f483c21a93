import type { PresetCard } from '#app/ui/access/preset-card.ts'
import { useT } from '#app/ui/locale.tsx'

/** Rule documents to start from, each drawn by its own times. */
export function PresetChoices(props: { presets: readonly PresetCard[]; chosen: string; error: string | undefined }) {
  const t = useT()
  return (
    <fieldset className="presets" id="preset">
      <legend className="vh">{t('access.set_up.rules.title')}</legend>
      {props.presets.map((preset) => (
        <label className="preset" key={preset.key}>
          <input type="radio" name="preset" value={preset.key} defaultChecked={props.chosen === preset.key} />
          <span className="face">
            <b>{t(`access.set_up.rules.${preset.key}`)}</b>
            <span className="sub sm">{t(`access.set_up.rules.${preset.key}_note`)}</span>
            <DayBar preset={preset} />
            <span className="facts">
              <span className="mut">{t('access.set_up.rules.per_day')}</span>
              <b>{t('access.set_up.rules.times', { count: preset.punches })}</b>
              <span className="mut">{t('access.set_up.rules.work')}</span>
              <b className="nw">{preset.work}</b>
            </span>
          </span>
        </label>
      ))}
      {props.error ? <p className="err">{props.error}</p> : null}
    </fieldset>
  )
}

const first = 7 * 60
const last = 21 * 60
const width = 280
const hours = [8, 10, 12, 14, 16, 18, 20]

function x(minute: number): number {
  return Math.round(((minute - first) / (last - first)) * width * 10) / 10
}

function DayBar({ preset }: { preset: PresetCard }) {
  return (
    <svg className="daybar" viewBox={`0 0 ${width} 54`} aria-hidden="true">
      {hours.map((hour) => (
        <g key={hour}>
          <path className="tick" d={`M${x(hour * 60)} 2V40`} />
          <text x={x(hour * 60)} y="52">
            {hour}
          </text>
        </g>
      ))}
      {preset.halves.map((half) => (
        <rect key={half.from} className="due" x={x(half.from)} y="4" width={x(half.to) - x(half.from)} height="13" />
      ))}
      {preset.slots.map((slot) => (
        <rect key={slot.from} className="slot" x={x(slot.from)} y="22" width={x(slot.to) - x(slot.from)} height="13" />
      ))}
    </svg>
  )
}
