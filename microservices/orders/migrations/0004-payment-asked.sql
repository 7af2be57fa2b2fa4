-- When the payment of an order was asked for through a queue: such an order may stay `placed` for long.

ALTER TABLE orders ADD COLUMN payment_asked_at TEXT;
