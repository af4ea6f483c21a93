// Closed lists that forms offer; apart from the schemas that read them, so that a page needs no schema to show a choice.

export const genders = ['female', 'male'] as const
export const postCategories = ['management', 'technical', 'worker'] as const
export const assessmentModes = ['a', 'b', 'c'] as const
/** 离开原因. Source: domain study §12. */
export const endReasons = [
  'rotation',
  'unit_change',
  'sent_back',
  'own_request',
  'transfer',
  'retirement',
  'resignation',
  'dismissal',
  'other',
] as const
