import { Prisma } from './generated/client.ts'

/**
 * How the hall names the person `o.person_id` on the day `o.day`, as one value of a larger query: with the window and post. A
 * window post comes before one without a window, and who represents the window is its chief.
 */
export function cardAsJson(centreId: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT json_build_object('name', n.name, 'nameEn', n.name_en, 'reading', n.reading,
             'post', CASE WHEN EXISTS (
                            SELECT 1 FROM chief_appointment c
                             WHERE c.centre_id = n.centre_id AND c.person_id = n.id AND c.window_id = v.id
                               AND c.starts_on <= o.day AND (c.ends_on IS NULL OR c.ends_on >= o.day))
                          THEN 'chief' ELSE p.post END,
             'window', CASE WHEN v.id IS NOT NULL
                            THEN json_build_object('number', v.number, 'name', v.name, 'nameEn', v.name_en) END)
      FROM person n
      LEFT JOIN LATERAL (
           SELECT w.post, w.window_id FROM window_post w
            WHERE w.centre_id = n.centre_id AND w.person_id = n.id
              AND w.starts_on <= o.day AND (w.ends_on IS NULL OR w.ends_on >= o.day)
            ORDER BY w.window_id IS NULL, w.post LIMIT 1) p ON true
      LEFT JOIN "window" v ON v.centre_id = n.centre_id AND v.id = p.window_id
     WHERE n.centre_id = ${centreId}::uuid AND n.id = o.person_id)`
}
