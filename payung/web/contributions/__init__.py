"""Pages of money: notices, pay codes, payments and what they cover, a payer's account, the closing of months."""
