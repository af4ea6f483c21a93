import { z } from 'zod'

const seconds = (least: number, most: number) => z.int().min(least).max(most)
const minutes = seconds

/**
 * What a centre may set about its readers 设备规则: a rule set of kind "devices", effective-dated like every other. Every
 * value is proposed by us (decisions 4 for the clock) and none is law; zod names the field of a value it refuses.
 */
export const deviceRules = z.strictObject({
  kind: z.literal('devices'),
  version: z.string().min(1).max(60),
  name: z.string().min(1).max(80),
  source: z.record(z.string(), z.unknown()),
  valid_from: z.iso.date(),
  clock: z.strictObject({
    /** From this offset on a reader's card asks to be looked at 时钟偏差. */
    warn_seconds: seconds(1, 3600),
    /** From this offset on punches wait in quarantine 隔离. */
    quarantine_seconds: seconds(2, 86_400),
    /** A time so far after the server's present is the future. */
    future_seconds: seconds(0, 86_400),
  }),
  silence: z.strictObject({
    /** Minutes without a punch at an online reader, while it is usually busy, before that is an alarm 应忙而静. */
    busy_minutes: minutes(5, 240),
    /** How many punches in such a stretch make a reader "usually busy", on average over the same weekday's last weeks. */
    usual_punches: z.int().min(1).max(1000),
  }),
  queue: z.strictObject({
    /** Undelivered punches that make an alarm, and how long the oldest may wait. */
    punches: z.int().min(1).max(100_000),
    minutes: minutes(1, 1440),
  }),
  /** Whether a template may be carried from one reader to another, through an agent's memory only 模板复制. */
  copy_templates: z.boolean(),
  /** Whether kiosks may speak greetings aloud; each screen can still be muted 语音播报. */
  speak_greetings: z.boolean(),
  alternate: z.strictObject({
    /** Wrong PINs in a row before a way is locked, and for how long. */
    attempts: z.int().min(3).max(20),
    lock_minutes: minutes(1, 1440),
  }),
})

export type DeviceRules = z.infer<typeof deviceRules>

/** What holds in a centre that has set nothing. */
export const deviceProfile: DeviceRules = {
  kind: 'devices',
  version: 'default-1',
  name: '设备默认规则',
  source: { status: 'proposed' },
  valid_from: '2020-01-01',
  clock: { warn_seconds: 30, quarantine_seconds: 120, future_seconds: 120 },
  silence: { busy_minutes: 20, usual_punches: 8 },
  queue: { punches: 50, minutes: 10 },
  copy_templates: false,
  speak_greetings: true,
  alternate: { attempts: 5, lock_minutes: 15 },
}
