/** The sentence of every reason code of a day's result, and of every problem in a rule set. */
export const reason = {}
