// Generated from the definitions. Do not edit: npm run generate.

/**
 * Purchase
 */
export interface Purchase {
  /**
   * Number
   */
  code?: string
  /**
   * Status
   */
  status?: 'Asked' | 'Returned' | 'Approved' | 'Withdrawn'
  /**
   * What for
   */
  subject: string
  /**
   * Category
   */
  category: string
  /**
   * Shop
   */
  shop?: string
  /**
   * Lines
   */
  lines: {
    /**
     * Item
     */
    item: string
    /**
     * Quantity
     */
    quantity: number
    /**
     * Price
     */
    price: string
    /**
     * Amount
     */
    amount?: string
  }[]
  /**
   * Total
   */
  total?: string
  /**
   * Needed by
   */
  neededBy?: string
  /**
   * Asked by
   */
  requester?: string
  /**
   * Note of the approver
   */
  note?: string
}

/**
 * Shop
 */
export interface Shop {
  /**
   * Name
   */
  name: string
  /**
   * E-mail
   */
  email: string
}
