import type { PeriodProblem } from './count.ts'
import type { MayNot, RouteRefusal } from './route.ts'
import type { StepRefusal } from './state.ts'

/**
 * Everything that the leave services may answer instead of doing it; the catalogues hold a sentence for each. Days among the facts
 * are "YYYY-MM-DD", halves "am" | "pm", names as they are written.
 */
export type LeaveRefusal =
  | PeriodProblem
  | RouteRefusal
  | StepRefusal
  | MayNot
  | 'not_found'
  | 'no_person'
  | 'not_in_service'
  | 'calendar_unknown_year'
  | 'no_leave_rules'
  | 'rest_days_only'
  | 'whole_days_only'
  | 'longer_than_allowed'
  | 'reason_missing'
  | 'stand_in_missing'
  | 'stand_in_unknown'
  | 'stand_in_self'
  | 'stand_in_away'
  | 'short_notice'
  | 'overlaps_leave'
  | 'covered_already'
  | 'no_decider'
  | 'changed_meanwhile'
  | 'note_missing'
  | 'note_too_long'
  | 'paper_missing'
  | 'paper_too_large'
  | 'paper_type'
  | 'own_record'
  | 'not_yours'
  | 'not_allowed_on_paper'
