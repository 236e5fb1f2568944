import type { SellerRule } from '../rule-pack.js'

/** How little a seller has sold, whatever the goods. */
export const SALES_RULES: readonly SellerRule[] = [
  {
    ruleId: 'seller-under-10-sales',
    about: 'seller',
    weight: 15,
    group: 'sales',
    when: [{ kind: 'transactions', below: 10 }],
  },
  {
    ruleId: 'seller-under-100-sales',
    about: 'seller',
    weight: 10,
    group: 'sales',
    when: [{ kind: 'transactions', below: 100 }],
  },
]
