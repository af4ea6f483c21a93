import type { Problem } from '#app/domain/attendance/problem.ts'

/** One line of what `explain` prints when it refuses. */
export type Complaint = { readonly path: string; readonly value: unknown; readonly message: string }

type Facts = Problem['facts']

const sentences: Readonly<Record<string, (facts: Facts) => string>> = {
  wrong_type: (f) => `This should be ${f.expected ?? 'of another type'}.`,
  missing_key: () => 'This value is needed and is not there.',
  unknown_key: (f) => `The key "${f.key}" is not known here; correct its spelling or remove it.`,
  too_small: (f) => `This is below the least allowed, ${f.minimum}.`,
  too_big: (f) => `This is above the most allowed, ${f.maximum}.`,
  not_one_of: (f) => `This should be one of: ${f.allowed}.`,
  not_an_identifier: () => 'An identifier is lower-case letters, digits and underscores, and starts with a letter.',
  not_a_time: () => 'A time is written "HH:MM", for example "09:00".',
  not_a_day: () => 'A day is written "YYYY-MM-DD" and must exist in the calendar.',
  not_a_month_day: () => 'A date within the year is written "MM-DD" and must exist.',
  not_a_moment: () => 'A moment is written "YYYY-MM-DDTHH:MM:SS".',
  not_a_zone: () => 'This time zone is not known; for example "Asia/Shanghai".',
  not_readable: (f) => `The input cannot be read: ${f.reason}`,
  not_json: (f) => `The input is not JSON: ${f.reason}`,
  no_form_fits: () => 'None of the forms allowed here fits this value.',
  duplicate_id: (f) => `The id "${f.id}" is used twice.`,
  no_half: () => 'A plan needs at least one half (am or pm).',
  half_end_before_start: (f) => `The half ends (${f.end}) before it starts (${f.start}).`,
  halves_overlap: (f) => `The afternoon starts (${f.pm_start}) before the morning has ended (${f.am_end}).`,
  slot_close_before_open: (f) => `Slot ${f.slot} closes (${f.close}) before it opens (${f.open}).`,
  past_day_boundary: (f) =>
    `Plan ${f.plan} works across the day boundary ${f.boundary}, where punches begin to belong to the next day; set day_boundary to an hour at which nobody works, or leave out "when" and let the roster name the plan.`,
  slot_outside_half: (f) =>
    `Slot ${f.slot} (${f.open}–${f.close}) lies where it can prove nothing of the half it serves.`,
  slot_unknown_half: (f) => `Slot ${f.slot} serves a half that the plan does not have: ${f.half}.`,
  slot_overlap: (f) =>
    `Slots ${f.slot} and ${f.other} both receive punches from ${f.from} to ${f.to}; move one, or add "overlap" to say that the nearer boundary receives them.`,
  slot_on_time_incomplete: (f) =>
    `"on_time" of slot ${f.slot} does not fit its kind: in needs "to", out needs "from", either needs one or both.`,
  slot_on_time_outside_window: (f) => `The time at which slot ${f.slot} is on time lies outside its window.`,
  slot_either_needs_window: (f) => `Slot ${f.slot} is neither in nor out for its one half; set "on_time" to "window".`,
  threshold_needs_one: () =>
    'Say either "at_least" (includes the number) or "more_than" (does not), and only one of them.',
  tiers_not_ascending: (f) => `This tier starts at ${f.at}, not above the one before it (${f.before}).`,
  tier_gap: (f) => `Minutes ${f.from} to ${f.to} fall into no tier.`,
  tier_unreachable: (f) =>
    `Nothing falls into this tier: counting begins at ${f.first} minutes, which the next tier takes.`,
  rounding_not_ascending: () => 'Rounding tiers must go upwards without overlapping.',
  season_repeats_months: () => 'Give either months or a season, not both.',
  plan_unreachable: (f) => `Plan ${f.plan} is never reached: earlier plans take all its days.`,
  workday_without_plan: (f) => `No plan holds on ordinary workdays such as ${f.date} (weekdays ${f.weekdays}).`,
  calendar_unknown_year: (f) =>
    `Nothing is known of the calendar of ${f.year}; add the State Council notice to "calendar".`,
  no_rules_in_force: (f) => `No rule set is in force on ${f.day}.`,
  days_reversed: () => 'The last day comes before the first.',
  too_many_days: (f) => `At most ${f.most} days can be explained at once.`,
  ends_before_it_begins: () => 'This ends before it begins.',
  unknown_plan: (f) => `The rule sets have no plan "${f.plan}".`,
}

/** A complaint from a problem's code and facts. */
export function complaint(path: string, value: unknown, code: string, facts: Facts = {}): Complaint {
  return { path, value: value ?? null, message: sentences[code]?.(facts) ?? code }
}
