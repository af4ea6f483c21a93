import { useT } from '#app/ui/locale.tsx'

const shapes = ['here', 'cover', 'out', 'thin', 'void', 'unknown'] as const

/** What the shapes of the tiles mean. `wide` names the covering posts. */
export function Legend({ wide = false }: { wide?: boolean }) {
  const t = useT()
  return (
    <ul className="lgd" aria-label={t('attendance.today.legend')}>
      {shapes.map((shape) => (
        <li key={shape}>
          <i className={`k-${shape}`} aria-hidden="true" />
          {t(shape === 'cover' && wide ? 'attendance.today.cover_ab' : `attendance.today.${shape}`)}
        </li>
      ))}
    </ul>
  )
}
