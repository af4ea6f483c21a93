import { z } from 'zod'

/**
 * What a centre may set about signing in; each value has a default that meets the basic level of GB/T 22239-2019
 * (limit attempts, end idle sessions). Lock times grow with repetition.
 */
export const accessSettings = z.object({
  /** Failures in a row before the first lock 连续失败次数. */
  attempts: z.int().min(3).max(20).default(10),
  /** Failures before each later lock. */
  attempts_again: z.int().min(1).max(20).default(5),
  lock_minutes: z.int().min(1).max(1440).default(15),
  longest_lock_minutes: z.int().min(1).max(10080).default(480),
  idle_minutes: z.int().min(5).max(480).default(30),
  session_hours: z.int().min(1).max(24).default(10),
  password_length: z.int().min(8).max(64).default(10),
  password_classes: z.int().min(1).max(4).default(3),
})

export type AccessSettings = z.infer<typeof accessSettings>

/** The values in force when a centre has set nothing. */
export const defaultAccessSettings: AccessSettings = accessSettings.parse({})

/** Reads the `access` part of a centre's settings; what is missing or unreadable takes the default, never a weaker value. */
export function readAccessSettings(settings: unknown): AccessSettings {
  const part = z.object({ access: accessSettings }).safeParse(settings)
  return part.success ? part.data.access : defaultAccessSettings
}
