import type { Shape } from '#app/i18n/shape.ts'
import type { inputProblem as zhInput, ruleProblem as zhRule } from '#app/i18n/zh-CN/rule-problems.ts'

export const ruleProblem = {
  wrong_type: 'should be of type {{expected}}',
  missing_key: 'is needed here and missing; add it',
  unknown_key: '“{{key}}” is not known here; correct its spelling or remove it',
  not_yet:
    '“{{key}}” cannot be part of attendance rules yet: day plans, grading, missing punches and counters are. Remove it for now',
  too_small: 'too small or too few, at least {{minimum}}',
  too_big: 'too big or too many, at most {{maximum}}',
  not_one_of: 'must be one of: {{allowed}}',
  not_an_identifier: 'an id has small letters, digits and underscores and begins with a letter',
  not_a_time: 'write the time as 08:30, from 00:00 to 23:59; after midnight write what the clock shows, such as 02:00',
  not_a_day: 'write the day as 2026-11-20; it must exist',
  not_a_month_day: 'write month and day as 11-20; the day must exist',
  no_form_fits: 'no way of writing this fits; compare with the description',
  duplicate_id: '“{{id}}” is there twice; keep one, or give one another name',
  no_half: 'neither a morning nor an afternoon; write at least one',
  half_end_before_start: 'ends ({{end}}) no later than it starts ({{start}}); change one of them',
  halves_overlap: 'the afternoon starts ({{pm_start}}) before the morning has ended ({{am_end}}); move one',
  slot_close_before_open:
    'slot {{slot}} closes ({{close}}) before it opens ({{open}}), counted from the day boundary; change one of them',
  past_day_boundary:
    'plan {{plan}} works across the day boundary {{boundary}}, from which on punches belong to the next day; set day_boundary to an hour at which nobody works, or leave out “when” and let the roster name the plan',
  slot_outside_half:
    'slot {{slot}} ({{open}}–{{close}}) does not meet the half it serves and proves nothing; change its times or its half',
  slot_unknown_half:
    'slot {{slot}} serves a half that the plan does not have ({{half}}); add the half or change the slot',
  slot_overlap:
    'slots {{slot}} and {{other}} both receive punches from {{from}} to {{to}}; move one, or add “overlap” so that the nearer one receives them',
  slot_on_time_incomplete:
    'on_time of slot {{slot}} is incomplete: in needs “to”, out needs “from”, either needs one or both',
  slot_on_time_outside_window: 'slot {{slot}} is on time outside its window; move that time into the window',
  slot_either_needs_window: 'slot {{slot}} is neither in nor out for its one half; set on_time to window',
  threshold_needs_one: 'give exactly one of at_least (includes the number) and more_than (does not)',
  tiers_not_ascending:
    'this tier starts at {{at}}, not above the one before it ({{before}}); put them in ascending order',
  tier_gap: 'minutes {{from}} to {{to}} fall into no tier; add a tier, or forgive them with “grace”',
  tier_unreachable:
    'nothing reaches this tier: from {{first}} minutes on the next one takes all; remove it or change its number',
  rounding_not_ascending: 'rounding tiers must ascend without overlapping',
  season_repeats_months: 'give either months or a season, not both',
  plan_unreachable:
    'plan {{plan}} is never used, because earlier ones take all its days; move it up, or leave out “when” if only the roster names it',
  workday_without_plan:
    'some workdays have no plan, such as {{date}} (weekdays {{weekdays}}); add a plan or widen a “when”',
  ladder_not_ascending: 'this step starts at {{at}}, below the one before it ({{before}}); put them in ascending order',
  unknown_slot: 'no plan has a slot {{slot}}; use the id of one',
  counter_without_minutes: 'counter {{counter}} counts minutes and this has none; only late, early or a class have',
  each_without_effect: '“each” of counter {{counter}} has no effect; give points or counts_as',
  day_of_other_year: 'this day is not of the layer’s year; put it into a layer of its own year',
} satisfies Shape<typeof zhRule>

export const inputProblem = {
  not_a_moment: 'write the moment as 2026-10-15T09:12:08',
  not_a_zone: 'this time zone is not known; write for example Asia/Shanghai',
  not_readable: 'the input cannot be read: {{reason}}; check the name and the rights of the file',
  not_json: 'the input is not JSON: {{reason}}',
  calendar_unknown_year: 'nothing is known of the calendar of {{year}}; add the State Council notice to “calendar”',
  no_rules_in_force: 'no rule set is in force on {{day}}; add one whose valid_from is not after it',
  days_reversed: 'the last day comes before the first; exchange them',
  too_many_days: 'at most {{most}} days can be explained at once; ask in parts',
  ends_before_it_begins: 'ends no later than it begins; change one of them',
  unknown_plan: 'the rules in force that day have no plan “{{plan}}”; use the id of one',
} satisfies Shape<typeof zhInput>
