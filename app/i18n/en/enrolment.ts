export const enrolment = {
  title: 'Finger enrolment',
}
