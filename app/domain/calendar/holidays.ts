/** The seven holidays for everybody 全体公民放假的节日. Source: 全国年节及纪念日放假办法 (2024) art. 2. */
export const holidayNames = {
  new_year: { zh: '元旦', en: "New Year's Day" },
  spring_festival: { zh: '春节', en: 'Spring Festival' },
  tomb_sweeping: { zh: '清明节', en: 'Tomb-sweeping Day' },
  labour_day: { zh: '劳动节', en: 'Labour Day' },
  dragon_boat: { zh: '端午节', en: 'Dragon Boat Festival' },
  mid_autumn: { zh: '中秋节', en: 'Mid-autumn Festival' },
  national_day: { zh: '国庆节', en: 'National Day' },
} as const

export type Holiday = keyof typeof holidayNames
