/** Kinds of staff 人员身份, in the order of the register. Source: domain study §12. */
export const identityKinds = [
  'civil_servant',
  'reference_managed',
  'institution_management',
  'institution_technical',
  'institution_worker',
  'agency_worker',
  'contract',
  'labour_dispatch',
  'enterprise',
  'trainee',
] as const

export type IdentityKind = (typeof identityKinds)[number]

/** Posts at a window or in the hall 岗. Source: domain study §12, decisions "Words". */
export const posts = ['a', 'b', 'reserve', 'guide', 'back_office', 'duty_officer'] as const
export type Post = (typeof posts)[number]

/** The official annual form that a person gets 登记表; everyone else gets only the centre's appraisal. */
export type AnnualForm = 'civil_servant_register' | 'institution_register' | 'appraisal'

const forms: Readonly<Record<IdentityKind, AnnualForm>> = {
  civil_servant: 'civil_servant_register',
  reference_managed: 'civil_servant_register',
  institution_management: 'institution_register',
  institution_technical: 'institution_register',
  institution_worker: 'institution_register',
  agency_worker: 'appraisal',
  contract: 'appraisal',
  labour_dispatch: 'appraisal',
  enterprise: 'appraisal',
  trainee: 'appraisal',
}

/** Which annual form a kind of staff gets. Source: decisions 18. */
export function annualFormOf(kind: IdentityKind): AnnualForm {
  return forms[kind]
}

/** True for a known kind of staff. */
export function isIdentityKind(text: string): text is IdentityKind {
  return (identityKinds as readonly string[]).includes(text)
}
